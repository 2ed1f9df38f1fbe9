using Trasgo.Linux;
using Trasgo.Manager.Files;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>What the machine is: its processor, its hypervisor, its name, its distribution.</summary>
internal static class MachineConditions
{
    private const string Whitespace = " \t\n\r";

    public static bool Architecture(string name) => name == "native" ? HostArchitecture.IsOurOwn : name == HostArchitecture.Name;

    public static bool Virtualization(string parameter)
    {
        if (parameter == "private-users")
        {
            return UserNamespace.IsPrivate();
        }

        var container = Container.Detect();
        var detected = Container.IsContainer ? container : VirtualMachine.Detect();
        if (Booleans.Parse(parameter) is { } any)
        {
            return any == (detected != VirtualMachine.None);
        }

        return parameter switch
        {
            "container" => Container.IsContainer,
            "vm" => !Container.IsContainer && detected != VirtualMachine.None,
            _ => detected != VirtualMachine.None && parameter == detected,
        };
    }

    /// <summary>A machine ID, or a pattern for the host name in any case.</summary>
    public static Result<bool> Host(string parameter)
    {
        if (MachineId.TryParse(parameter, out var wanted))
        {
            return MachineId.Read() is { } id ? id == wanted : Errno.ENOENT;
        }

        var name = HostText.Line("/proc/sys/kernel/hostname");
        name = string.IsNullOrEmpty(name) || name == "(none)" ? "localhost" : name;
        return Glob.Matches(parameter.ToLowerInvariant(), name.ToLowerInvariant());
    }

    public static Result<bool> MainsPower(string parameter) =>
        Booleans.Parse(parameter) is { } wanted ? PowerSupplies.IsOnMains() == wanted : Errno.EINVAL;

    public static Result<bool> OsRelease(string parameter)
    {
        if (Quoting.SplitWords(parameter, ExtractFlags.Unquote) is not { } expressions)
        {
            return Errno.EINVAL;
        }

        foreach (var expression in expressions)
        {
            var end = expression.AsSpan().IndexOfAny(Comparisons.Characters);
            var text = end < 0 ? "" : expression[end..];
            var operation = Comparisons.Take(ref text, ofTexts: true);
            if (end <= 0 || !NameRules.IsEnvironmentName(expression[..end]) || operation == Comparison.None
                || text.Length == 0 || Whitespace.Contains(text[0], StringComparison.Ordinal))
            {
                return Errno.EINVAL;
            }

            var file = HostText.All("/etc/os-release") ?? HostText.All("/usr/lib/os-release");
            if (file is null)
            {
                return Errno.ENOENT;
            }

            var holds = Comparisons.Versions(operation, EnvironmentFile.Value(file, expression[..end]), text);
            if (!holds.Ok || !holds.Value)
            {
                return holds;
            }
        }

        return true;
    }

    public static bool ProcessorFeature(string name) => ProcessorFeatures.Has(name.ToLowerInvariant());
}
