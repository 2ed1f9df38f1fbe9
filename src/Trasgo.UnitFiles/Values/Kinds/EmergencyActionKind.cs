using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>What the manager does to the machine or itself. A user manager can only end itself.</summary>
internal sealed class EmergencyActionKind()
    : ValueKind<EmergencyAction>("s", "{" + string.Join('|', SharedWords.EmergencyAction.Names) + "}")
{
    public override string Good => "exit";

    public override string Bad => "explode";

    public override void Parse(string text, ref EmergencyAction value, ParseContext context)
    {
        if (!SharedWords.EmergencyAction.TryParse(text, out var action))
        {
            context.Ignore("must be one of " + string.Join(", ", SharedWords.EmergencyAction.Names), text);
        }
        else if (!context.IsSystem && action is > EmergencyAction.None and < EmergencyAction.Exit)
        {
            context.Report(Severity.Info, $"{context.Directive}={text} is for the system manager, taking it as exit-force.");
            value = EmergencyAction.ExitForce;
        }
        else
        {
            value = action;
        }
    }

    public override void Write(EmergencyAction value, IValueWriter writer) => writer.String(SharedWords.EmergencyAction.Name(value));

    public override void Format(EmergencyAction value, List<string> texts) => texts.Add(SharedWords.EmergencyAction.Name(value));

    public override bool Read(IValueReader reader, List<string> texts)
    {
        var text = reader.String();
        texts.Add(text);
        return SharedWords.EmergencyAction.TryParse(text, out _);
    }
}
