using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Cli.Units;

/// <summary>Whether the controllers are there that limits need. Looked up when the first such directive is met.</summary>
internal sealed class HostControllers
{
    private readonly Lazy<ControllerTree> _tree = new(static () => ControllerTree.Open(ControlGroups.Open()));

    /// <summary>What becomes of a directive on this host.</summary>
    public Enforcement Of(Enforcement enforcement)
    {
        if (enforcement.Controller is not { } controller)
        {
            return enforcement;
        }

        // The controller of block devices had another name in control groups v1.
        var known = _tree.Value.Has(controller) ? controller : controller == "io" && _tree.Value.Has("blkio") ? "blkio" : null;
        if (known is null)
        {
            return Enforcement.Ignored($"there is no {controller} controller that may be used");
        }

        return enforcement.UnifiedOnly && _tree.Value.IsLegacy(known)
            ? Enforcement.Ignored($"the {controller} controller is one of control groups v1")
            : enforcement;
    }
}
