using System.Text;

namespace Trasgo.Bus.Authentication;

/// <summary>The client's side: it says everything at once, as sd-bus does, and then reads what came of it.</summary>
internal sealed class SaslClient
{
    private int _lines;

    /// <summary>What a client sends before its first message.</summary>
    public static ReadOnlySpan<byte> Opening => "\0AUTH EXTERNAL\r\nDATA\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n"u8;

    public SaslState State { get; private set; } = SaslState.Auth;

    public string Guid { get; private set; } = "";

    public bool PassesDescriptors { get; private set; }

    /// <summary>Consumes whole lines of the server's three answers and tells how many bytes they took.</summary>
    public int Feed(ReadOnlySpan<byte> input)
    {
        var consumed = 0;
        while (State == SaslState.Auth)
        {
            var rest = input[consumed..];
            var end = rest.IndexOf("\r\n"u8);
            if (end < 0)
            {
                State = rest.Length > SaslServer.LineBytes ? SaslState.Failed : State;
                break;
            }

            consumed += end + 2;
            Line(Encoding.ASCII.GetString(rest[..end]));
        }

        return consumed;
    }

    private void Line(string line)
    {
        switch (_lines++)
        {
            case 0 when line.StartsWith("DATA", StringComparison.Ordinal):
                break;
            case 1 when line.StartsWith("OK ", StringComparison.Ordinal):
                Guid = line[3..];
                break;
            case 2:
                PassesDescriptors = line == "AGREE_UNIX_FD";
                State = SaslState.Done;
                break;
            default:
                State = SaslState.Failed;
                break;
        }
    }
}
