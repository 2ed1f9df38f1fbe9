using System.Globalization;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>TasksMax= and DefaultTasksMax=.</summary>
internal static class TasksMaxText
{
    public static void Parse(ref TasksMax value, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            value = context.Unit is null ? TasksMax.Unset : context.Defaults.TasksMax;
        }
        else if (text is "infinity")
        {
            value = TasksMax.Unset;
        }
        else if (Permyriad.TryParse(text, out var share))
        {
            value = new TasksMax((ulong)share, Permyriad.Whole);
        }
        else if (Numbers.TryUInt64(text, out var number) && number is > 0 and < ulong.MaxValue)
        {
            value = new TasksMax(number);
        }
        else
        {
            context.Ignore("is not a valid number of tasks", text);
        }
    }

    public static string Format(TasksMax value) =>
        !value.IsSet ? "infinity"
        : value.Scale != 0 ? PercentText.Format((int)(value.Value * Permyriad.Whole / value.Scale))
        : value.Value.ToString(CultureInfo.InvariantCulture);
}
