using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager;

/// <summary>
/// Writes a unit's limits to its control group, and takes back those that it has no more. A controller that is not there limits nothing,
/// which `trasgo report` says; one that is there and refuses a value is a line in the log.
/// </summary>
internal sealed class GroupLimits(ControllerTree controllers)
{
    private readonly Dictionary<Unit, List<GroupAttribute>> _written = [];

    /// <summary>The group exists. <paramref name="isNew"/>: nothing has been written to it.</summary>
    public void Apply(Unit unit, string path, bool isNew)
    {
        if (unit.Resources is not { } config)
        {
            return;
        }

        if (isNew)
        {
            _written.Remove(unit);
        }

        var wanted = GroupAttributes.Of(config, controllers.IsLegacy);
        Account(config, path);
        foreach (var attribute in wanted)
        {
            Write(unit, path, attribute, attribute.Value);
        }

        if (_written.TryGetValue(unit, out var before))
        {
            foreach (var attribute in before)
            {
                if (!wanted.Exists(other => other.File == attribute.File))
                {
                    Write(unit, path, attribute, attribute.Default);
                }
            }
        }

        if (wanted.Count > 0)
        {
            _written[unit] = wanted;
        }
        else
        {
            _written.Remove(unit);
        }
    }

    public void Release(Unit unit, string path)
    {
        _written.Remove(unit);
        controllers.Remove(path);
    }

    /// <summary>Counting costs nothing on cgroup2. On v1 it would take a group more for each unit, which is made only for a limit.</summary>
    private void Account(ResourceConfig config, string path)
    {
        foreach (var controller in GroupAttributes.Accounted(config))
        {
            if (controllers.Has(controller) && !controllers.IsLegacy(controller))
            {
                controllers.Prepare(controller, path);
            }
        }
    }

    private void Write(Unit unit, string path, in GroupAttribute attribute, string value)
    {
        var controller = attribute.Controller;
        if (!controllers.Has(controller))
        {
            return;
        }

        if (controllers.Prepare(controller, path))
        {
            controllers.Enter(controller, path);
        }

        if (controllers.Set(controller, path, attribute.File, value) is var error and not Errno.None)
        {
            unit.Log(LogLevel.Warning, $"Failed to set {attribute.File} to {value}: {ErrnoNames.Message(error)}");
        }
    }
}
