using Trasgo.Bus.Wire;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

using UnitCommandLine = Trasgo.UnitFiles.Values.CommandLine;

namespace Trasgo.Cli.Units;

/// <summary>
/// The forms in which clients send values whose property is not simply the directive's: several directives that share one property,
/// properties that are shown with more than may be set, and the like. The forms are those of systemd's own clients, so that its manager takes them, too.
/// </summary>
internal static class ClientForms
{
    /// <summary>The property that shows a directive which has none of its own, in the form in which it may be set.</summary>
    internal static string? Shared(string name) => name switch
    {
        _ when name.StartsWith("Listen", StringComparison.Ordinal) => "Listen",
        "PathExists" or "PathExistsGlob" or "PathChanged" or "PathModified" or "DirectoryNotEmpty" => "Paths",
        "StandardInputText" => "StandardInputData",
        _ => null,
    };

    /// <summary>Writes the property as (sv); false where the directive has no form of its own. The text has been found to be good.</summary>
    internal static bool TryWrite(string name, string text, bool hasProperty, ParseContext context, MessageWriter writer)
    {
        switch (name)
        {
            case "TTYRows" or "TTYColumns":
                Begin(writer, name, "u");
                writer.UInt32(text.Length == 0 ? uint.MaxValue : uint.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case "SELinuxContext":
                Begin(writer, name, "s");
                writer.String(text);
                break;
            case "StandardInput" or "StandardOutput" or "StandardError" when text.Contains(':', StringComparison.Ordinal):
                var (property, value) = Stream(name, text);
                Begin(writer, property, "s");
                writer.String(value);
                break;
            case "Delegate" when text.Length > 0 && Booleans.Parse(text) is null:
                Begin(writer, "DelegateControllers", "as");
                writer.StringArray(Quoting.SplitWords(text, ExtractFlags.Unquote) ?? []);
                break;
            case "OnCalendar":
                Pair(writer, "TimersCalendar", "(ss)", name, w => w.String(text));
                break;
            case "OnActiveSec" or "OnBootSec" or "OnStartupSec" or "OnUnitActiveSec" or "OnUnitInactiveSec":
                Pair(writer, "TimersMonotonic", "(st)", name, w => w.UInt64(TimeSpans.TryParse(text, out var span) ? span : 0));
                break;
            case "TimeoutSec" when !hasProperty:
                var timeout = Value.TryTimeout(text, out var parsed) ? parsed : 0;
                Begin(writer, "TimeoutStartUSec", "t");
                writer.UInt64(timeout);
                End(writer);
                Begin(writer, "TimeoutStopUSec", "t");
                writer.UInt64(timeout);
                break;
            case var _ when IsCondition(name):
                Condition(writer, name, text);
                break;
            case var _ when name.StartsWith("Exec", StringComparison.Ordinal) && name is not ("ExecPaths" or "ExecSearchPath"):
                Commands(writer, name, text, context);
                break;
            default:
                return false;
        }

        End(writer);
        return true;
    }

    private static void Begin(MessageWriter writer, string property, string signature)
    {
        writer.BeginStruct();
        writer.String(property);
        writer.BeginVariant(signature);
    }

    private static void End(MessageWriter writer)
    {
        writer.EndVariant();
        writer.EndStruct();
    }

    private static void Pair(MessageWriter writer, string property, string signature, string name, Action<MessageWriter> value)
    {
        Begin(writer, property, "a" + signature);
        writer.BeginArray(signature);
        writer.BeginStruct();
        writer.String(name);
        value(writer);
        writer.EndStruct();
        writer.EndArray();
    }

    private static (string Property, string Value) Stream(string name, string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var suffix = text[..colon] switch
        {
            "fd" => "FileDescriptorName",
            "append" => "FileToAppend",
            "truncate" => "FileToTruncate",
            _ => "File",
        };
        return (name + suffix, text[(colon + 1)..]);
    }

    /// <summary>Amounts that are a part of what the machine has, which the manager knows better.</summary>
    internal static bool TryWriteShare(string name, string text, MessageWriter writer)
    {
        var isAmount = name.StartsWith("Memory", StringComparison.Ordinal) || name.StartsWith("DefaultMemory", StringComparison.Ordinal) || name is "TasksMax";
        if (!isAmount || !Permyriad.TryParse(text, out var share))
        {
            return false;
        }

        Begin(writer, name + "Scale", "u");
        writer.UInt32((uint)(((ulong)share * uint.MaxValue + (Permyriad.Whole / 2)) / Permyriad.Whole));
        End(writer);
        return true;
    }

    private static bool IsCondition(string name) =>
        name.StartsWith("Condition", StringComparison.Ordinal) || name.StartsWith("Assert", StringComparison.Ordinal);

    private static void Condition(MessageWriter writer, string name, string text)
    {
        var trigger = text.StartsWith('|');
        var rest = trigger ? text[1..] : text;
        var negate = rest.StartsWith('!');
        Begin(writer, name[0] == 'C' ? "Conditions" : "Asserts", "a(sbbs)");
        writer.BeginArray("(sbbs)");
        if (text.Length > 0)
        {
            writer.BeginStruct();
            writer.String(name);
            writer.Boolean(trigger);
            writer.Boolean(negate);
            writer.String(negate ? rest[1..] : rest);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    private static void Commands(MessageWriter writer, string name, string text, ParseContext context)
    {
        var commands = new List<ExecCommand>();
        if (text.Length > 0)
        {
            new UnitCommandLine(text, context).Parse(commands);
        }

        var ex = commands.Exists(static command => (command.Flags & ~ExecCommandFlags.IgnoreFailure) != ExecCommandFlags.None);
        var signature = ex ? "(sasas)" : "(sasb)";
        Begin(writer, ex ? name + "Ex" : name, "a" + signature);
        writer.BeginArray(signature);
        foreach (var command in commands)
        {
            writer.BeginStruct();
            writer.String(command.Path);
            writer.StringArray(command.Argv);
            if (ex)
            {
                writer.StringArray(UnitCommandLine.FlagNames(command.Flags));
            }
            else
            {
                writer.Boolean(command.IgnoreFailure);
            }

            writer.EndStruct();
        }

        writer.EndArray();
    }
}
