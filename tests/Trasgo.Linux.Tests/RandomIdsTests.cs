namespace Trasgo.Linux.Tests;

public sealed class RandomIdsTests
{
    [Fact]
    public void Next_ManyTimes_IsARandomUuidThatIsNobodyElses()
    {
        var ids = Enumerable.Range(0, 100).Select(static _ => RandomIds.Next()).ToList();

        Assert.Equal(100, ids.Distinct().Count());
        Assert.All(ids, static id => Assert.Matches("^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$", id));
    }
}
