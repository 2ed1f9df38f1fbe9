using System.Text;
using Trasgo.Engine.State;
using Trasgo.Engine.Tests.Units;
using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.State;

/// <summary>The state as text: exact to the byte, and readable as far as it is whole.</summary>
public class StateTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("two words\tand\nlines\r\n")]
    [InlineData("nul\0inside")]
    [InlineData("\\0041 and \\-")]
    [InlineData("ñandú 😀")]
    [InlineData("lone \uDCFE\uDC80 bytes")]
    public void Word_OfAnyCharacters_ComesBackAsItWas(string word)
    {
        var record = NewRecord();
        record.Add("key", word, "next");

        var read = Assert.Single(Read(StateText.Write([record])));

        Assert.Equal([word, "next"], Assert.Single(read.All("key")));
    }

    [Fact]
    public void Text_WithALineThatLooksLikeAnother_DoesNotBecomeOne()
    {
        var record = NewRecord();
        record.Put("status-text", "well\n\tstate Dead\nunit evil.service");

        var read = Assert.Single(Read(StateText.Write([record])));

        Assert.False(read.Has("state"));
    }

    [Fact]
    public void Values_ThatAreWritten_AreRead()
    {
        var record = NewRecord();
        record.Put("number", 18_446_744_073_709_551_614UL);
        record.Put("flag", flag: true);
        record.Put("time", new DualTimestamp(5, 7));
        record.PutEnum("state", ServiceState.StopSigterm);

        var read = Assert.Single(Read(StateText.Write([record])));

        Assert.Equal(18_446_744_073_709_551_614UL, read.Number("number"));
        Assert.True(read.Flag("flag"));
        Assert.Equal(new DualTimestamp(5, 7), read.Time("time"));
        Assert.Equal(ServiceState.StopSigterm, read.Enum<ServiceState>("state"));
    }

    [Theory]
    [InlineData("99")]
    [InlineData("-1")]
    [InlineData("Unheard")]
    [InlineData("")]
    public void Enum_ThatIsNone_IsWhatItIsAtTheBeginning(string word)
    {
        var record = NewRecord();
        record.Add("state", word);

        Assert.Equal(ServiceState.Dead, record.Enum<ServiceState>("state"));
    }

    [Fact]
    public void Line_ThatIsDamaged_CostsNothingElse()
    {
        var text = "trasgo-state 1\nunit a.service\n\tstate Running\n\tbad \\zz\n\tresult Timeout\nunit  b.service\n\tlost x\nunit c.service\n\tstate Exited\n";
        var complaints = new List<string>();

        var records = StateText.Read(Encoding.ASCII.GetBytes(text), new FakeShelf(), complaints.Add);

        Assert.Equal(["a.service", "c.service"], records.Select(static record => record.Name));
        Assert.Equal(["state", "result"], records[0].Fields.Select(static field => field.Key));
        Assert.Equal(["Line 4 of the state is damaged, ignoring.", "Line 6 of the state is damaged, ignoring."], complaints);
    }

    [Fact]
    public void Version_OfAnotherManager_IsReadAsFarAsItIsUnderstood()
    {
        var complaints = new List<string>();

        var records = StateText.Read("trasgo-state 7\nunit a.service\n\tnews 1 2 3\n\tstate Running\n"u8, new FakeShelf(), complaints.Add);

        Assert.Equal(ServiceState.Running, Assert.Single(records).Enum<ServiceState>("state"));
        Assert.Equal("The state is of version 7 and not of 1, using what is understood.", Assert.Single(complaints));
    }

    private static StateRecord NewRecord() => new("unit", "a.service", new FakeShelf());

    private static List<StateRecord> Read(byte[] bytes) => StateText.Read(bytes, new FakeShelf(), static complaint => Assert.Fail(complaint));
}
