using System.Text;

namespace Trasgo.Daemon.Tests.Journal;

public class JournalEntryTests
{
    [Fact]
    public void Add_Text_IsOneLine()
    {
        var entry = new JournalEntry(SyslogLevel.Error, "it broke").Add("CODE_LINE", 42).Add("EMPTY", "").Add("EMPTY", "again");

        Assert.Equal("PRIORITY=3\nMESSAGE=it broke\nCODE_LINE=42\nEMPTY=\nEMPTY=again\n", Encoding.UTF8.GetString(entry.Bytes));
        Assert.Equal(5, entry.Count);
    }

    [Fact]
    public void Add_ValueWithLineBreak_HasTheBinaryForm()
    {
        var entry = new JournalEntry().Add("MESSAGE", "año\n2").Add("BLOB", [0, (byte)'\n', 255]);

        byte[] expected = [.. "MESSAGE\n\x06\0\0\0\0\0\0\0año\n2\nBLOB\n\x03\0\0\0\0\0\0\0\0\n"u8, 255, (byte)'\n'];
        Assert.Equal(expected, entry.Bytes.ToArray());
    }

    [Fact]
    public void Add_ValueWithNul_IsKept()
    {
        var entry = new JournalEntry().Add("A", "x\0y").Add("B", [0, 1]);

        Assert.Equal("A=x\0y\nB=\0\u0001\n", Encoding.UTF8.GetString(entry.Bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("lower")]
    [InlineData("1A")]
    [InlineData("_PID")]
    [InlineData("A/B")]
    [InlineData("A=B")]
    [InlineData("A\nB")]
    [InlineData("A\0")]
    [InlineData("Ñ")]
    [InlineData("A2345678901234567890123456789012345678901234567890123456789012345")]
    public void Add_NameThatIsNone_IsRefused(string name)
    {
        var entry = new JournalEntry();

        Assert.ThrowsAny<ArgumentException>(() => entry.Add(name, "value"));
        Assert.ThrowsAny<ArgumentException>(() => entry.Add(name, 1));
        Assert.ThrowsAny<ArgumentException>(() => entry.Add(name, [1]));
        Assert.False(JournalEntry.IsValidName(name));
        Assert.Equal(0, entry.Count);
        Assert.Empty(entry.Bytes.ToArray());
    }

    [Fact]
    public void Add_NameOf64Characters_IsTaken() => Assert.True(JournalEntry.IsValidName("A_2" + new string('X', 61)));

    [Fact]
    public void Add_OneFieldTooMany_IsRefused()
    {
        var entry = new JournalEntry();
        for (int i = 0; i < JournalEntry.MaxFields; i++)
        {
            entry.Add("A", i);
        }

        Assert.Throws<InvalidOperationException>(() => entry.Add("A", "x"));
    }

    [Fact]
    public void Clear_AfterUse_StartsAgainWithoutAllocating()
    {
        var entry = new JournalEntry();
        void Fill() => entry.Add("PRIORITY", "6").Add("MESSAGE", "text\nof two lines").Clear();
        Fill();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Fill();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, entry.Count);
    }
}
