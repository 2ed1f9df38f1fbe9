using Trasgo.Engine.Jobs;
using Trasgo.Engine.State;

namespace Trasgo.Engine.Units;

/// <summary>What of a unit survives a re-execution of the manager. Its settings do not: they are in its files.</summary>
internal abstract partial class Unit
{
    /// <summary>Changes nothing, as the old manager may have to go on.</summary>
    public void Save(StateRecord record)
    {
        record.Put("transient", IsTransient && !IsPerpetual);
        record.Put("invocation-id", InvocationId);
        record.Put("state-change", StateChangeTimestamp);
        record.Put("inactive-exit", InactiveExitTimestamp);
        record.Put("active-enter", ActiveEnterTimestamp);
        record.Put("active-exit", ActiveExitTimestamp);
        record.Put("inactive-enter", InactiveEnterTimestamp);
        record.Put("condition", ConditionTimestamp);
        record.Put("condition-result", ConditionResult);
        record.Put("assert", AssertTimestamp);
        record.Put("assert-result", AssertResult);
        for (var i = 0; i < Config.Conditions.Count; i++)
        {
            if (Config.Conditions[i].Result != 0)
            {
                record.Add("condition-was", StateRecord.Text((ulong)i), Config.Conditions[i].Result > 0 ? "1" : "-1");
            }
        }

        foreach (var (key, value) in ActivationDetails)
        {
            record.Add("activation", key, value);
        }

        StartLimit.Save(record, "start-limit");
        AutomaticJobLimit.Save(record, "automatic-job-limit");
        record.Put("start-limit-hit", StartLimitHit);
        SaveOwn(record);
        Context.Processes.Save(this, record);
    }

    /// <summary>Before its files are read: what decides on how they are read.</summary>
    public virtual void BeforeLoading(StateRecord record) => IsTransient |= record.Flag("transient");

    /// <summary>It is as it was. Others may not be so yet, and nobody is told.</summary>
    public void Restore(StateRecord record)
    {
        if (record.Text("invocation-id") is { Length: > 0 } invocation)
        {
            Context.Units.Forget(this, InvocationId);
            InvocationId = invocation;
            Context.Units.Remember(this, invocation);
        }

        StateChangeTimestamp = record.Time("state-change");
        InactiveExitTimestamp = record.Time("inactive-exit");
        ActiveEnterTimestamp = record.Time("active-enter");
        ActiveExitTimestamp = record.Time("active-exit");
        InactiveEnterTimestamp = record.Time("inactive-enter");
        ConditionTimestamp = record.Time("condition");
        ConditionResult = record.Flag("condition-result");
        AssertTimestamp = record.Time("assert");
        AssertResult = record.Flag("assert-result");
        RestoreConditions(record);
        var details = new List<KeyValuePair<string, string>>();
        foreach (var words in record.All("activation", 2))
        {
            details.Add(new(words[0], words[1]));
        }

        ActivationDetails = details;
        StartLimit.Restore(record, "start-limit");
        AutomaticJobLimit.Restore(record, "automatic-job-limit");
        StartLimitHit = record.Flag("start-limit-hit");
        Context.Processes.Restore(this, record);
        RestoreOwn(record);
        Context.Units.CountFailed(this, ActiveState == UnitActiveState.Failed);
    }

    /// <summary>All units and jobs are as they were: timers, watches and processes are taken up again.</summary>
    public virtual void Coldplug()
    {
        if (Context.Processes.ControlGroupOf(this).Length > 0)
        {
            Context.Processes.SettingsChanged(this);
        }
    }

    /// <summary>The new manager runs: what has happened in between, and nobody tells, is looked for.</summary>
    public virtual void CatchUp()
    {
    }

    protected virtual void SaveOwn(StateRecord record)
    {
    }

    protected virtual void RestoreOwn(StateRecord record)
    {
    }

    /// <summary>How each of the conditions turned out is shown (Conditions=), as long as they are the same.</summary>
    private void RestoreConditions(StateRecord record)
    {
        foreach (var words in record.All("condition-was", 2))
        {
            if (StateRecord.TryNumber(words[0], out var index) && index < (ulong)Config.Conditions.Count)
            {
                Config.Conditions[(int)index].Result = StateRecord.Int(words[1]);
            }
        }
    }
}
