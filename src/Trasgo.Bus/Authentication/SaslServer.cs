using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Trasgo.Bus.Authentication;

/// <summary>
/// The server's side of the authentication dialogue, as a pure state machine: bytes in, bytes out. Only EXTERNAL is offered:
/// who the peer is has been told by the kernel before the first byte was read, so that the dialogue cannot make it anybody
/// else. sd-bus sends the whole dialogue at once (<c>\0AUTH EXTERNAL, DATA, NEGOTIATE_UNIX_FD, BEGIN</c>) and then its first
/// message; libdbus and GDBus go step by step. Both are only sequences of lines here.
/// </summary>
internal sealed class SaslServer(uint uid, string guid)
{
    /// <summary>A longer line is not part of any dialogue.</summary>
    public const int LineBytes = 4096;

    private const int CommandsAtMost = 64;
    private int _commands;

    public SaslState State { get; private set; }

    /// <summary>Whether the peer may pass descriptors.</summary>
    public bool PassesDescriptors { get; private set; }

    /// <summary>Consumes whole lines, appends the answers, and tells how many bytes were consumed. Stops after BEGIN.</summary>
    public int Feed(ReadOnlySpan<byte> input, List<byte> output)
    {
        var consumed = 0;
        if (State == SaslState.Nul && !input.IsEmpty)
        {
            State = input[0] == 0 ? SaslState.Auth : SaslState.Failed;
            consumed = 1;
        }

        while (State is SaslState.Auth or SaslState.Data or SaslState.Begin)
        {
            var rest = input[consumed..];
            var end = rest.IndexOf("\r\n"u8);
            if (end > LineBytes || (end < 0 && rest.Length > LineBytes))
            {
                State = SaslState.Failed;
            }

            if (end < 0 || State == SaslState.Failed)
            {
                break;
            }

            consumed += end + 2;
            Line(rest[..end], output);
        }

        return consumed;
    }

    private void Line(ReadOnlySpan<byte> line, List<byte> output)
    {
        if (++_commands > CommandsAtMost)
        {
            State = SaslState.Failed;
            return;
        }

        var space = line.IndexOf((byte)' ');
        var command = space < 0 ? line : line[..space];
        var argument = space < 0 ? [] : line[(space + 1)..];
        if (command.SequenceEqual("AUTH"u8))
        {
            OnAuth(argument, output);
        }
        else if (command.SequenceEqual("DATA"u8) && State == SaslState.Data)
        {
            Decide(argument, output);
        }
        else if (command.SequenceEqual("NEGOTIATE_UNIX_FD"u8) && State == SaslState.Begin)
        {
            PassesDescriptors = true;
            Say("AGREE_UNIX_FD", output);
        }
        else if (command.SequenceEqual("BEGIN"u8))
        {
            State = State == SaslState.Begin ? SaslState.Done : SaslState.Failed;
        }
        else if (command.SequenceEqual("CANCEL"u8) || command.SequenceEqual("ERROR"u8))
        {
            Reject(output);
        }
        else
        {
            Say("ERROR \"Unknown command\"", output);
        }
    }

    private void OnAuth(ReadOnlySpan<byte> argument, List<byte> output)
    {
        var space = argument.IndexOf((byte)' ');
        var mechanism = space < 0 ? argument : argument[..space];
        if (State != SaslState.Auth || !mechanism.SequenceEqual("EXTERNAL"u8))
        {
            Reject(output);
        }
        else if (space < 0)
        {
            State = SaslState.Data;
            Say("DATA", output);
        }
        else
        {
            Decide(argument[(space + 1)..], output);
        }
    }

    /// <summary>The response is empty or the peer's uid, in decimal, in hexadecimal digits.</summary>
    private void Decide(ReadOnlySpan<byte> response, List<byte> output)
    {
        if (!response.IsEmpty && !IsOwnUid(response))
        {
            Reject(output);
            return;
        }

        State = SaslState.Begin;
        Say("OK " + guid, output);
    }

    private bool IsOwnUid(ReadOnlySpan<byte> response)
    {
        if (response.Length % 2 != 0 || response.Length > 20)
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[response.Length / 2];
        for (var i = 0; i < digits.Length; i++)
        {
            if (!byte.TryParse(response.Slice(i * 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out digits[i]))
            {
                return false;
            }
        }

        return Utf8Parser.TryParse(digits, out uint claimed, out var length) && length == digits.Length && claimed == uid;
    }

    private void Reject(List<byte> output)
    {
        State = SaslState.Auth;
        Say("REJECTED EXTERNAL", output);
    }

    private static void Say(string line, List<byte> output)
    {
        output.AddRange(Encoding.ASCII.GetBytes(line));
        output.AddRange("\r\n"u8);
    }
}
