using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;

namespace Trasgo.Manager.Bus;

/// <summary>SetEnvironment and its like. What is no assignment is refused before anything changes.</summary>
internal static class ClientEnvironment
{
    // ARG_MAX as sysconf(3) tells it on every Linux: no longer text could be handed to a process.
    private const int TextMax = 2 * 1024 * 1024;

    public static void Change(ManagerBus bus, BusCall call, bool names, bool assignments)
    {
        var minus = names ? call.Arguments.StringArray() : [];
        var plus = assignments ? call.Arguments.StringArray() : [];
        if (!minus.TrueForAll(static text => IsName(text) || IsAssignment(text)))
        {
            call.Fail(BusErrorNames.InvalidArgs, "Invalid environment variable names or assignments");
        }
        else if (!plus.TrueForAll(IsAssignment))
        {
            call.Fail(BusErrorNames.InvalidArgs, "Invalid environment assignments");
        }
        else
        {
            call.Finish(bus.Manager.ChangeEnvironment(minus, plus));
        }
    }

    private static bool IsAssignment(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && text.Length < TextMax && IsName(text.AsSpan(0, equals)) && IsValue(text.AsSpan(equals + 1));
    }

    private static bool IsName(string text) => text.Length < TextMax && IsName(text.AsSpan());

    private static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || char.IsAsciiDigit(text[0]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsValue(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is (< ' ' and not ('\t' or '\n')) or (char)127)
            {
                return false;
            }
        }

        return true;
    }
}
