namespace Trasgo.UnitFiles.Install;

/// <summary>Changes and failures in systemd's words: the lines a client prints, and the errors the manager replies with.</summary>
internal static class InstallMessages
{
    private const string Prefix = "org.freedesktop.systemd1.";

    /// <summary>The type of a change as the bus and scripts know it.</summary>
    public static string ToText(this InstallChangeType type) => type switch
    {
        InstallChangeType.Symlink => "symlink",
        InstallChangeType.Unlink => "unlink",
        InstallChangeType.IsMasked => "masked",
        InstallChangeType.IsMaskedGenerator => "masked by generator",
        InstallChangeType.IsDangling => "dangling",
        InstallChangeType.DestinationNotPresent => "destination not present",
        InstallChangeType.AuxiliaryFailed => "auxiliary unit failed",
        _ => "failed",
    };

    /// <summary>The line of a client that works on the files itself; <paramref name="verb"/> is "enable" or the like.</summary>
    public static string ForClient(InstallChange change, string verb) => change.Type switch
    {
        InstallChangeType.Symlink => $"Created symlink {change.Path} → {change.Source}.",
        InstallChangeType.Unlink => $"Removed \"{change.Path}\".",
        InstallChangeType.IsMasked => $"Unit {change.Path} is masked, ignoring.",
        InstallChangeType.IsMaskedGenerator => $"Unit {change.Path} is masked via a generator and cannot be unmasked.",
        InstallChangeType.IsDangling => $"Unit {change.Path} is an alias to a unit that is not present, ignoring.",
        InstallChangeType.DestinationNotPresent =>
            $"Unit {change.Source} is added as a dependency to a non-existent unit {change.Path}.",
        InstallChangeType.AuxiliaryFailed => $"Failed to enable auxiliary unit {change.Path}, ignoring.",
        _ => FailureForClient(change, verb),
    };

    public static BusFailure OnBus(InstallError error, IEnumerable<InstallChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.IsFailure)
            {
                return OnBus(change);
            }
        }

        return Plain(error == InstallError.None ? InstallError.Invalid : error);
    }

    /// <summary>An errno without a file, as sd-bus names it.</summary>
    public static BusFailure Plain(InstallError error) => new(ErrnoTexts.BusName((int)error), ErrnoTexts.Message((int)error));

    private static BusFailure OnBus(InstallChange change)
    {
        var path = change.Path;
        return change.Error switch
        {
            InstallError.Exists when change.Source.Length > 0 =>
                new(Prefix + "UnitExists", $"File {path} already exists and is a symlink to {change.Source}."),
            InstallError.Exists => new(Prefix + "UnitExists", $"File {path} already exists."),
            InstallError.Masked => new(Prefix + "UnitMasked", $"Unit file {path} is masked."),
            InstallError.Generated => new(Prefix + "UnitGenerated", $"Unit {path} is transient or generated."),
            InstallError.InHierarchy => new(Prefix + "UnitBadPath", $"File {path} is under the systemd unit hierarchy already."),
            InstallError.BadSpecifier => new(Prefix + "BadUnitSetting", $"Invalid specifier in {path}."),
            InstallError.NotTemplate => new(Prefix + "BadUnitSetting", $"Destination unit {path} is a non-template unit."),
            InstallError.BadName => new(Prefix + "BadUnitSetting", $"\"{path}\" is not a valid unit name."),
            InstallError.Linked => new(Prefix + "UnitLinked", $"Refusing to operate on alias name or linked unit file: {path}"),
            InstallError.BadReference when change.Source.Length > 0 =>
                new(Prefix + "BadUnitSetting", $"Cannot alias {change.Source} as {path}."),
            InstallError.BadReference => new(Prefix + "BadUnitSetting", $"Invalid unit reference {path}."),
            InstallError.Missing => new(Prefix + "NoSuchUnit", $"Unit file {path} does not exist."),
            InstallError.UnknownHost => new(Prefix + "BadUnitSetting", $"Cannot resolve specifiers in {path}."),
            var error => new(ErrnoTexts.BusName((int)error), $"File {path}: {ErrnoTexts.Message((int)error)}"),
        };
    }

    private static string FailureForClient(InstallChange change, string verb)
    {
        var path = change.Path;
        return change.Error switch
        {
            InstallError.Exists when change.Source.Length > 0 =>
                $"Failed to {verb} unit, file \"{path}\" already exists and is a symlink to \"{change.Source}\".",
            InstallError.Exists => $"Failed to {verb} unit, file \"{path}\" already exists.",
            InstallError.Masked => $"Failed to {verb} unit, unit {path} is masked.",
            InstallError.Generated => $"Failed to {verb} unit, unit {path} is transient or generated.",
            InstallError.InHierarchy => $"Failed to {verb} unit, file {path} is under the systemd unit hierarchy already.",
            InstallError.BadSpecifier => $"Failed to {verb} unit, invalid specifier in \"{path}\".",
            InstallError.NotTemplate => $"Failed to {verb} {change.Source}, destination unit {path} is a non-template unit.",
            InstallError.BadName => $"Failed to {verb} unit, \"{path}\" is not a valid unit name.",
            InstallError.Linked => $"Failed to {verb} unit, refusing to operate on linked unit file {path}.",
            InstallError.BadReference when change.Source.Length > 0 =>
                $"Failed to {verb} unit, cannot alias {change.Source} as {path}.",
            InstallError.BadReference => $"Failed to {verb} unit, invalid unit reference \"{path}\".",
            InstallError.Missing => $"Failed to {verb} unit, unit {path} does not exist.",
            InstallError.UnknownHost => $"Failed to {verb} unit, cannot resolve specifiers in \"{path}\".",
            var error => $"Failed to {verb} unit, file \"{path}\": {ErrnoTexts.Message((int)error)}",
        };
    }
}
