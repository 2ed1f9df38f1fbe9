using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Driver;

/// <summary>A match rule as AddMatch takes it. Keys that only a bus of many peers can test are read and ignored.</summary>
internal sealed record MatchRule
{
    private const int ArgumentsAtMost = 64;

    public MessageType? Type { get; private set; }

    public string? Sender { get; private set; }

    public string? Interface { get; private set; }

    public string? Member { get; private set; }

    public string? Path { get; private set; }

    public string? PathNamespace { get; private set; }

    public string? Destination { get; private set; }

    public List<ArgumentMatch> Arguments { get; } = [];

    /// <summary>Reads <c>key='value',…</c>. Null where the rule is not one.</summary>
    public static MatchRule? Parse(ReadOnlySpan<char> text)
    {
        var rule = new MatchRule();
        var at = 0;
        while (true)
        {
            while (at < text.Length && (text[at] is ' ' or '\t' or '\n' or '\r' or ','))
            {
                at++;
            }

            if (at == text.Length)
            {
                return rule;
            }

            var equals = text[at..].IndexOf('=');
            if (equals <= 0)
            {
                return null;
            }

            var key = text.Slice(at, equals).Trim();
            at += equals + 1;
            if (Value(text, ref at) is not { } value || !rule.Set(key, value))
            {
                return null;
            }
        }
    }

    public bool Matches(BusMessage message) =>
        (Type is null || Type == message.Type) &&
        (Interface is null || Interface == message.Interface) &&
        (Member is null || Member == message.Member) &&
        (Path is null || Path == message.Path) &&
        (PathNamespace is null || (message.Path is not null && BusNames.IsAtOrBelow(message.Path, PathNamespace))) &&
        (Destination is null || Destination == message.Destination) &&
        (Arguments.Count == 0 || ArgumentMatch.AllMatch(Arguments, message));

    public bool IsSameAs(MatchRule other) =>
        Type == other.Type && Sender == other.Sender && Interface == other.Interface && Member == other.Member &&
        Path == other.Path && PathNamespace == other.PathNamespace && Destination == other.Destination &&
        Arguments.SequenceEqual(other.Arguments);

    private bool Set(ReadOnlySpan<char> key, string value)
    {
        switch (key)
        {
            case "type":
                Type = TypeOf(value);
                return Type is not null;
            case "sender":
                Sender = value;
                return BusNames.IsBusName(value);
            case "interface":
                Interface = value;
                return BusNames.IsInterface(value);
            case "member":
                Member = value;
                return BusNames.IsMember(value);
            case "path":
                Path = value;
                return BusNames.IsObjectPath(value) && PathNamespace is null;
            case "path_namespace":
                PathNamespace = value;
                return BusNames.IsObjectPath(value) && Path is null;
            case "destination":
                Destination = value;
                return BusNames.IsBusName(value);
            case "eavesdrop":
                return value is "true" or "false";
            default:
                return ArgumentMatch.Parse(key, value) is { } argument && AddArgument(argument);
        }
    }

    private bool AddArgument(ArgumentMatch argument)
    {
        Arguments.Add(argument);
        return Arguments.Count <= ArgumentsAtMost;
    }

    private static MessageType? TypeOf(string value) => value switch
    {
        "signal" => MessageType.Signal,
        "method_call" => MessageType.MethodCall,
        "method_return" => MessageType.MethodReturn,
        "error" => MessageType.Error,
        _ => null,
    };

    /// <summary>Quotes as in a shell: within them all is literal, outside a backslash keeps a quote.</summary>
    private static string? Value(ReadOnlySpan<char> text, ref int at)
    {
        var value = new System.Text.StringBuilder();
        var quoted = false;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '\'')
            {
                quoted = !quoted;
            }
            else if (!quoted && c == ',')
            {
                break;
            }
            else if (!quoted && c == '\\' && at + 1 < text.Length && text[at + 1] == '\'')
            {
                value.Append('\'');
                at++;
            }
            else
            {
                value.Append(c);
            }
        }

        return quoted ? null : value.ToString();
    }
}
