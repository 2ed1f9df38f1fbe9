using System.Globalization;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Driver;

/// <summary>One of <c>arg0</c> to <c>arg63</c>, with <c>path</c> or <c>namespace</c> behind it or nothing.</summary>
internal sealed record ArgumentMatch(int Index, ArgumentMatchKind Kind, string Value)
{
    private const int IndexAtMost = 63;

    public static ArgumentMatch? Parse(ReadOnlySpan<char> key, string value)
    {
        if (!key.StartsWith("arg", StringComparison.Ordinal))
        {
            return null;
        }

        var rest = key[3..];
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        var number = digits < 0 ? rest : rest[..digits];
        var kind = (digits < 0 ? "" : rest[digits..]) switch
        {
            "" => ArgumentMatchKind.Text,
            "path" => ArgumentMatchKind.Path,
            "namespace" => ArgumentMatchKind.Namespace,
            _ => ArgumentMatchKind.Unknown,
        };
        return number.Length is 1 or 2 &&
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= IndexAtMost &&
            kind != ArgumentMatchKind.Unknown
            ? new ArgumentMatch(index, kind, value)
            : null;
    }

    public static bool AllMatch(List<ArgumentMatch> matches, BusMessage message)
    {
        var texts = Arguments(message);
        foreach (var match in matches)
        {
            if (match.Index >= texts.Count || texts[match.Index] is not { } text || !match.IsMet(text))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsMet((string Text, bool IsPath) argument) => Kind switch
    {
        ArgumentMatchKind.Text => !argument.IsPath && argument.Text == Value,
        ArgumentMatchKind.Path => argument.Text == Value ||
            (Value.EndsWith('/') && argument.Text.StartsWith(Value, StringComparison.Ordinal)) ||
            (argument.Text.EndsWith('/') && Value.StartsWith(argument.Text, StringComparison.Ordinal)),
        ArgumentMatchKind.Namespace => argument.Text == Value ||
            (argument.Text.Length > Value.Length && argument.Text.StartsWith(Value, StringComparison.Ordinal) &&
             argument.Text[Value.Length] == '.'),
        _ => false,
    };

    private static List<(string Text, bool IsPath)?> Arguments(BusMessage message)
    {
        var texts = new List<(string, bool)?>();
        var reader = message.Read();
        while (reader.More() && texts.Count <= IndexAtMost)
        {
            switch (reader.NextType)
            {
                case 's': texts.Add((reader.String(), false)); break;
                case 'o': texts.Add((reader.ObjectPath(), true)); break;
                default:
                    reader.Skip();
                    texts.Add(null);
                    break;
            }
        }

        return texts;
    }
}
