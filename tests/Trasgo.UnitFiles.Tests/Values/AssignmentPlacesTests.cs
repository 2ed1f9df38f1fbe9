using System.Diagnostics;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Tests.Values;

public sealed class AssignmentPlacesTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public void Replace_ManyNames_KeepsTheFirstPlaceAndTheLastValue(int count)
    {
        var list = new List<string>();
        for (var round = 1; round <= 2; round++)
        {
            for (var i = 0; i < count; i++)
            {
                AssignmentPlaces.Replace(list, $"N{i}={round}");
            }
        }

        Assert.Equal(Enumerable.Range(0, count).Select(static i => $"N{i}=2"), list);
    }

    [Fact]
    public void Replace_AfterTheListWasEmptied_KnowsNothingOfWhatWasThere()
    {
        var list = new List<string>();
        Fill(list, "A");
        list.Clear();
        Fill(list, "B");
        AssignmentPlaces.Replace(list, "B3=new");
        AssignmentPlaces.Replace(list, "A3=new");

        Assert.Equal("B3=new", list[3]);
        Assert.Equal("A3=new", list[^1]);
        Assert.Equal(201, list.Count);
    }

    [Fact]
    public void Replace_HundredThousandNames_TakesNoMinute()
    {
        var list = new List<string>();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 100_000; i++)
        {
            AssignmentPlaces.Replace(list, $"N{i}=value");
        }

        // A hundred milliseconds on an idle machine, a minute for whoever looks through the list each time.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 15);
        Assert.Equal(100_000, list.Count);
    }

    private static void Fill(List<string> list, string name)
    {
        for (var i = 0; i < 200; i++)
        {
            AssignmentPlaces.Replace(list, $"{name}{i}=x");
        }
    }
}
