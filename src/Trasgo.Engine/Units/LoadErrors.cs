using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Engine.Units;

/// <summary>The ways in which loading a unit fails, as clients are told of them (LoadError=).</summary>
internal static class LoadErrors
{
    private const string BadSettingName = "org.freedesktop.systemd1.BadUnitSetting";

    private const string NotFoundName = "org.freedesktop.systemd1.NoSuchUnit";

    public static UnitLoadError BadSetting(string unit) => new(BadSettingName, $"Unit {unit} has a bad unit file setting.");

    public static UnitLoadError NotFound(string unit) => new(NotFoundName, $"Unit {unit} not found.");

    public static UnitLoadError Masked(string unit) => new("org.freedesktop.systemd1.UnitMasked", $"Unit {unit} is masked.");

    /// <summary>A scope without processes.</summary>
    public static UnitLoadError NoProcesses { get; } = new("org.freedesktop.DBus.Error.FileNotFound", "No such file or directory");

    /// <summary>Another service has the BusName= already.</summary>
    public static UnitLoadError NameTaken { get; } = new("org.freedesktop.DBus.Error.FileExists", "File exists");

    /// <summary>The file is there, but cannot be read as one.</summary>
    public static UnitLoadError Failed(FileError error, ParseFailure failure) => (error, failure) switch
    {
        (FileError.Denied, _) => new("org.freedesktop.DBus.Error.AccessDenied", "Permission denied"),
        (_, ParseFailure.BadHeader) => new("org.freedesktop.DBus.Error.InconsistentMessage", "Bad message"),
        (_, ParseFailure.LineTooLong) => new("org.freedesktop.DBus.Error.LimitsExceeded", "No buffer space available"),
        _ => new("org.freedesktop.DBus.Error.InvalidArgs", "Invalid argument"),
    };

    public static bool IsNotFound(this UnitLoadError error) => error.BusErrorName == NotFoundName;

    public static bool IsBadSetting(this UnitLoadError error) => error.BusErrorName == BadSettingName;
}
