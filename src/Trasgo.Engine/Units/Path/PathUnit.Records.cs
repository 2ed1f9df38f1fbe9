using Trasgo.Engine.State;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

internal sealed partial class PathUnit
{
    protected override void SaveOwn(StateRecord record)
    {
        record.PutEnum("state", State);
        record.PutEnum("result", _result);
        _triggerLimit.Save(record, "trigger-limit");
        foreach (var path in _paths)
        {
            record.Add("path", path.Spec.Kind.ToString(), path.Spec.Path, path.Existed ? "existed" : "absent", path.SeenText);
        }
    }

    protected override void RestoreOwn(StateRecord record)
    {
        State = record.Enum("state", PathState.Dead);
        _result = record.Enum("result", PathResult.Success);
        if (State is not (PathState.Waiting or PathState.Running))
        {
            return;
        }

        TakePathsFromSettings();
        _triggerLimit.Restore(record, "trigger-limit");
        foreach (var words in record.All("path", 4))
        {
            if (StateRecord.TryEnum(words[0], out PathKind kind) && _paths.Find(path => path.Spec.Kind == kind && path.Spec.Path == words[1]) is { } known)
            {
                known.Existed = words[2] == "existed";
                known.SeenBefore = words[3];
            }
        }
    }

    /// <summary>
    /// The watches are set anew, and then it is looked at what nobody has watched: a path that came, went or was changed in between triggers as if it had
    /// been seen, and the other unit may have gone up or down.
    /// </summary>
    public override void CatchUp()
    {
        if (State == PathState.Waiting)
        {
            if (!Watch())
            {
                EnterDead(PathResult.Resources);
                return;
            }

            if (_paths.Find(static path => path.WasChangedUnseen) is { } changed)
            {
                EnterRunning(changed.Spec.Path);
                return;
            }

            _look.Schedule();
        }

        if (Triggered is { } triggered)
        {
            OnTriggeredUnitChanged(triggered);
        }
    }
}
