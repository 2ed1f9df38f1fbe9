using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>
/// Tests lists of conditions. systemd goes through a list from its end, since it puts each new line in front, and stops at the
/// first condition that does not hold; which of them stay untested is visible in `systemctl show`, so the order is kept.
/// </summary>
internal sealed class ConditionTester(Func<IReadOnlyList<string>> environment, IEngineLog? log = null) : IConditionTester
{
    private const string ConditionWord = "Condition";
    private const string AssertWord = "Assert";

    /// <summary>The word after Condition or Assert: "PathExists".</summary>
    public static string KindOf(string type) =>
        type.StartsWith(ConditionWord, StringComparison.Ordinal) ? type[ConditionWord.Length..]
        : type.StartsWith(AssertWord, StringComparison.Ordinal) ? type[AssertWord.Length..]
        : type;

    public bool Test(Unit unit, IReadOnlyList<Condition> conditions, bool isAssert, out Condition? failed) =>
        Test(conditions, isAssert, out failed, unit);

    public bool Test(IReadOnlyList<Condition> conditions, bool isAssert, out Condition? failed, Unit? unit = null)
    {
        failed = null;
        bool? triggered = null;
        for (var i = conditions.Count - 1; i >= 0; i--)
        {
            var condition = conditions[i];
            var holds = Test(condition, isAssert, unit);
            if (condition.Trigger)
            {
                triggered = triggered == true || holds;
            }
            else if (!holds)
            {
                failed = condition;
                return false;
            }
        }

        return triggered != false;
    }

    private bool Test(Condition condition, bool isAssert, Unit? unit)
    {
        var outcome = ConditionTable.Test(KindOf(condition.Type), condition.Parameter, new ConditionSubject(environment()));
        var holds = outcome.Ok && outcome.Value != condition.Negate;
        condition.Result = holds ? 1 : -1;
        if (!outcome.Ok)
        {
            log?.Write(
                LogLevel.Warning,
                unit,
                $"Couldn't determine result for {Describe(condition, isAssert)}, assuming failed: {ErrnoNames.Message(outcome.Error)}");
        }
        else if (log?.IsEnabled(LogLevel.Debug) == true)
        {
            log.Write(LogLevel.Debug, unit, $"{Describe(condition, isAssert)} {(holds ? "succeeded" : "failed")}.");
        }

        return holds;
    }

    private static string Describe(Condition condition, bool isAssert) =>
        $"{(isAssert ? AssertWord : ConditionWord)}{KindOf(condition.Type)}={(condition.Trigger ? "|" : "")}{(condition.Negate ? "!" : "")}{condition.Parameter}";
}
