namespace Trasgo.UnitFiles.Install;

/// <summary>
/// What an operation on unit files came to. Changes may stand beside a failure: systemd answers with the error where
/// <see cref="Error"/> is set or where nothing but failures came out, and with the changes otherwise.
/// </summary>
internal sealed record InstallResult(IReadOnlyList<InstallChange> Changes, InstallError Error, int Rules)
{
    /// <summary>Whether the units have [Install] rules at all; the bus methods of enable, reenable and preset return it.</summary>
    public bool CarriesInstallInfo => Rules > 0;

    public bool Modified => Changes.Any(static c => c.IsModification);

    /// <summary>Those that a client is told of: "symlink", "unlink" and so on.</summary>
    public IEnumerable<InstallChange> Successes => Changes.Where(static c => !c.IsFailure);

    public bool Failed => Error != InstallError.None || (Changes.Any(static c => c.IsFailure) && Changes.All(static c => c.IsFailure));

    /// <summary>The error of a bus reply; null if the reply is one of success.</summary>
    public BusFailure? BusError => Failed ? InstallMessages.OnBus(Error, Changes) : null;
}
