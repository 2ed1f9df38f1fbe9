using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager.Bus;

/// <summary>What a client is told whose value is not taken, in the words of systemd, which clients show to people.</summary>
internal static class PropertyRefusals
{
    private const string Unexpected = "System.Error.ENXIO";

    public static BusFailure ReadOnly(string name, bool forCreation) => forCreation && IsDependency(name)
        ? Invalid($"Dependency type {name} may not be created transiently.")
        : new BusFailure(BusErrorNames.PropertyReadOnly, $"Cannot set property {name}, or unknown property.");

    /// <summary>The value has not the type that the property has.</summary>
    public static BusFailure OfType() => new(Unexpected, "Failed to set unit properties: Unexpected message contents");

    /// <param name="name">The property.</param>
    /// <param name="value">The value, or of a list the part of it, that was read last.</param>
    /// <param name="subject">Of a list of groups, what the group begins with.</param>
    public static BusFailure OfValue(string name, string value, string subject) => Invalid(name switch
    {
        "Environment" => "Invalid environment block.",
        "UnsetEnvironment" => "Invalid UnsetEnvironment= list.",
        "PassEnvironment" => "Invalid PassEnvironment= block.",
        "EnvironmentFiles" => $"Path {subject} is not absolute.",
        "SupplementaryGroups" => "Invalid supplementary group names",
        "WorkingDirectory" => "WorkingDirectory= expects an absolute path or '~'",
        "Nice" or "NUMAPolicy" => $"Invalid {name} value: {value}",
        "CPUSchedulingPolicy" => $"Invalid CPU scheduling policy: {value}",
        "CPUSchedulingPriority" => $"Invalid CPU scheduling priority: {value}",
        "IOSchedulingClass" => $"Invalid IO scheduling class: {value}",
        "IOSchedulingPriority" => $"Invalid IO scheduling priority: {value}",
        "OOMScoreAdjust" => "OOM score adjust value out of range",
        "SyslogLevel" or "LogLevelMax" => "Log level value out of range",
        "SyslogFacility" => "Log facility value out of range",
        "LogNamespace" => "Log namespace name not valid",
        "LogExtraFields" => "Journal field invalid",
        "StandardInputFileDescriptorName" or "StandardOutputFileDescriptorName" or "StandardErrorFileDescriptorName" => "Invalid file descriptor name",
        "SetCredential" or "SetCredentialEncrypted" or "LoadCredential" or "LoadCredentialEncrypted" => $"Credential ID is invalid: {subject}",
        "BindPaths" or "BindReadOnlyPaths" or "MountImages" or "ExtensionImages" => $"Source path {subject} is not absolute.",
        "TemporaryFileSystem" => $"Mount point {subject} is not absolute.",
        "PIDFile" => $"PIDFile= path '{value}' is not valid",
        "SuccessExitStatus" or "RestartPreventExitStatus" or "RestartForceExitStatus" => $"Invalid status code in {name}: {value}",
        "FailureActionExitStatus" or "SuccessActionExitStatus" => "Exit status must be in range 0…255 or negative.",
        "Documentation" => $"Invalid URL in {name}: {value}",
        "RequiresMountsFor" => $"Path specified in {name} is not absolute: {value}",
        "Slice" => value.Contains('.', StringComparison.Ordinal) ? $"Unit name '{value}' is not a slice" : $"Invalid unit name '{value}'",
        "Conditions" or "Asserts" => $"Invalid condition type: {subject}",
        "CPUQuotaPerSecUSec" => "CPUQuotaPerSecUSec= value out of range",
        "DelegateControllers" or "DisableControllers" => $"Unknown cgroup controller '{value}'",
        "DeviceAllow" => "DeviceAllow= requires device node or pattern",
        "Symlinks" => $"Symlink path is not absolute: {value}",
        "Listen" => $"Invalid address: {value}",
        "TimersMonotonic" => $"Invalid timer base: {subject}",
        "TimersCalendar" => "Invalid calendar spec",
        "Paths" => value.Length == 0 ? $"Path in {subject} is empty" : $"Path in {subject} is not absolute: {value}",
        _ when IsCommand(name) => $"\"{subject}\" is neither a valid executable name nor an absolute path",
        _ when IsDependency(name) => $"Invalid unit name {value}",
        _ when IsAmount(name) => $"Value specified in {name} is out of range",
        _ when IsDirectory(name) => value.StartsWith('/') ? $"{name}= path is absolute: {value}" : $"{name}= path is not normalized: {value}",
        _ when name.EndsWith("Paths", StringComparison.Ordinal) || name is "ExecSearchPath" or "ExtensionDirectories" => $"Invalid {name}",
        _ when name.StartsWith("Standard", StringComparison.Ordinal) && name.Contains("File", StringComparison.Ordinal) => $"Path {value} is not absolute",
        _ => $"Invalid {name} setting: {value}",
    });

    private static BusFailure Invalid(string message) => new(BusErrorNames.InvalidArgs, message);

    private static bool IsCommand(string name) => name.StartsWith("Exec", StringComparison.Ordinal) && name is not ("ExecPaths" or "ExecSearchPath");

    private static bool IsDependency(string name) => UnitDependencies.Names.TryParse(name, out _);

    /// <summary>Weights, and amounts of memory and tasks.</summary>
    private static bool IsAmount(string name) =>
        name.EndsWith("Weight", StringComparison.Ordinal) || name.EndsWith("Shares", StringComparison.Ordinal) ||
        name.EndsWith("Scale", StringComparison.Ordinal) || name.StartsWith("Tasks", StringComparison.Ordinal) ||
        name.StartsWith("Memory", StringComparison.Ordinal) || name.StartsWith("DefaultMemory", StringComparison.Ordinal);

    private static bool IsDirectory(string name) =>
        name is "RuntimeDirectory" or "StateDirectory" or "CacheDirectory" or "LogsDirectory" or "ConfigurationDirectory";
}
