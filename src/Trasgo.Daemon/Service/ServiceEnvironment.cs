using System.Globalization;

namespace Trasgo.Daemon;

/// <summary>
/// What a service is told by its manager through environment variables, see systemd.exec(5). Each member reads its variable anew; outside of a
/// service they are empty.
/// </summary>
public static class ServiceEnvironment
{
    /// <summary>
    /// Has this machine been booted with systemd, or with a manager that says so? sd_booted(3): <c>/run/systemd/system/</c> exists. It says nothing on who
    /// started this process; <see cref="InvocationId"/> does.
    /// </summary>
    public static bool IsBooted => IsBootedBelow("/");

    /// <summary>This run of the service, as in the journal's <c>_SYSTEMD_INVOCATION_ID=</c>: 128 bits in hexadecimal. Null where no manager started this process.</summary>
    public static string? InvocationId =>
        Environment.GetEnvironmentVariable("INVOCATION_ID") is { Length: 32 } text && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)
            ? text
            : null;

    /// <summary>The directories of <c>RuntimeDirectory=</c>, for sockets and PID files; they go with the service.</summary>
    public static IReadOnlyList<string> RuntimeDirectories => Directories("RUNTIME_DIRECTORY");

    /// <summary>The directories of <c>StateDirectory=</c>, for what must last.</summary>
    public static IReadOnlyList<string> StateDirectories => Directories("STATE_DIRECTORY");

    /// <summary>The directories of <c>CacheDirectory=</c>, for what can be made again.</summary>
    public static IReadOnlyList<string> CacheDirectories => Directories("CACHE_DIRECTORY");

    /// <summary>The directories of <c>LogsDirectory=</c>.</summary>
    public static IReadOnlyList<string> LogsDirectories => Directories("LOGS_DIRECTORY");

    /// <summary>The directories of <c>ConfigurationDirectory=</c>.</summary>
    public static IReadOnlyList<string> ConfigurationDirectories => Directories("CONFIGURATION_DIRECTORY");

    /// <summary>The directory with what <c>LoadCredential=</c> and <c>SetCredential=</c> give; null if there is none.</summary>
    public static string? CredentialsDirectory => Directories("CREDENTIALS_DIRECTORY") is [var directory] ? directory : null;

    /// <summary>Reads a credential.</summary>
    /// <param name="name">Its name, which is one name of a file: 1 to 255 bytes, no <c>/</c>, not <c>.</c> or <c>..</c>.</param>
    /// <returns>Its bytes; null if there is no such credential, or no directory of credentials.</returns>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <exception cref="IOException">The credential is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The credential is somebody else's.</exception>
    public static byte[]? ReadCredential(string name)
    {
        FileName.Check(name, nameof(name));
        if (CredentialsDirectory is not { } directory || Path.Combine(directory, name) is var path && !File.Exists(path))
        {
            return null;
        }

        return File.ReadAllBytes(path);
    }

    internal static bool IsBootedBelow(string root) =>
        FileStatus.TryGet(Path.Combine(root, "run/systemd/system"), followLinks: false, out var status) && (status.Mode & 0xf000) == 0x4000;

    /// <summary>Several directories are separated by colons; a colon in a path cannot be told, and a relative path is none of the manager's.</summary>
    private static string[] Directories(string variable) =>
        [.. (Environment.GetEnvironmentVariable(variable) ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Where(path => path[0] == '/')];
}
