using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Manager.Files;

/// <summary>
/// What specifiers say of this machine, read from files and never from NSS, which may block: a user unknown to
/// /etc/passwd goes by the number. What cannot change while we run is read once.
/// </summary>
internal sealed class SpecifierHost(RuntimeScope scope, IReadOnlyDictionary<string, string> env, IUnitFileSystem files)
    : ISpecifierHost
{
    private const int SizeLimit = 1024 * 1024;
    private const string NoFile = Specifier.NoHostFile;

    private readonly Dictionary<HostFact, string> _constants = [];
    private readonly Account _account = Account.Of(scope == RuntimeScope.User ? null : 0, files);

    public string? Get(HostFact fact, out string? error)
    {
        error = null;
        if (_constants.TryGetValue(fact, out var known))
        {
            return known;
        }

        var value = Read(fact, out error);
        if (value is not null && IsConstant(fact))
        {
            _constants.Add(fact, value);
        }

        return value;
    }

    public string? RealPath(string path) => PathChaser.Chase(files, path);

    private static bool IsConstant(HostFact fact) =>
        fact is HostFact.Architecture or HostFact.BootId or HostFact.MachineId or HostFact.KernelRelease;

    private string? Read(HostFact fact, out string? error)
    {
        error = null;
        switch (fact)
        {
            case HostFact.Architecture:
                return Architecture();
            case HostFact.BootId:
                return Line("/proc/sys/kernel/random/boot_id")?.Replace("-", "", StringComparison.Ordinal);
            case HostFact.KernelRelease:
                return Line("/proc/sys/kernel/osrelease");
            case HostFact.HostName:
                return HostName();
            case HostFact.ShortHostName:
                return HostName().Split('.')[0];
            case HostFact.PrettyHostName:
                return EnvironmentFile.Value(Text("/etc/machine-info"), "PRETTY_HOSTNAME") is { Length: > 0 } pretty
                    ? pretty
                    : HostName().Split('.')[0];
            case HostFact.MachineId:
                return MachineId(out error);
            case HostFact.OsId:
                return OsRelease("ID", out error);
            case HostFact.OsVersionId:
                return OsRelease("VERSION_ID", out error);
            case HostFact.OsVariantId:
                return OsRelease("VARIANT_ID", out error);
            case HostFact.OsBuildId:
                return OsRelease("BUILD_ID", out error);
            case HostFact.OsImageId:
                return OsRelease("IMAGE_ID", out error);
            case HostFact.OsImageVersion:
                return OsRelease("IMAGE_VERSION", out error);
            default:
                return OfUser(fact) ?? OfDirectory(fact, out error);
        }
    }

    private string? OfUser(HostFact fact) => fact switch
    {
        HostFact.UserName => _account.UserName,
        HostFact.UserId => _account.Uid.ToString(CultureInfo.InvariantCulture),
        HostFact.GroupName => _account.GroupName,
        HostFact.GroupId => _account.Gid.ToString(CultureInfo.InvariantCulture),
        HostFact.Home => env.GetValueOrDefault("HOME") is { } home && home.StartsWith('/') ? home : _account.Home,
        HostFact.Shell => env.GetValueOrDefault("SHELL") is { } shell && shell.StartsWith('/') ? shell : _account.Shell,
        _ => null,
    };

    private string? OfDirectory(HostFact fact, out string? error)
    {
        var user = scope == RuntimeScope.User;
        var value = fact switch
        {
            HostFact.TemporaryDirectory => Temporary("/tmp"),
            HostFact.VarTemporaryDirectory => Temporary("/var/tmp"),
            HostFact.ConfigurationDirectory => user ? UserDirectory.Config(env) : "/etc",
            HostFact.StateDirectory => user ? UserDirectory.Config(env) : "/var/lib",
            HostFact.CacheDirectory => user ? UserDirectory.Cache(env) : "/var/cache",
            HostFact.LogsDirectory => !user ? "/var/log" : UserDirectory.Config(env) is { } config ? config + "/log" : null,
            HostFact.RuntimeDirectory => user ? UserDirectory.Runtime(env) : "/run",
            _ => null,
        };
        error = value is null ? "No such device or address" : null;
        return value;
    }

    private string Temporary(string standard)
    {
        foreach (var variable in (ReadOnlySpan<string>)["TMPDIR", "TEMP", "TMP"])
        {
            if (env.TryGetValue(variable, out var directory) && PathText.IsAbsolute(directory) && PathText.IsNormalized(directory)
                && files.Stat(directory, followLinks: true, out _) == FileKind.Directory)
            {
                return directory;
            }
        }

        return standard;
    }

    private static string? Architecture() => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "x86-64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        System.Runtime.InteropServices.Architecture.X86 => "x86",
        System.Runtime.InteropServices.Architecture.Arm => "arm",
        _ => null,
    };

    private string HostName()
    {
        var name = Line("/proc/sys/kernel/hostname");
        return string.IsNullOrEmpty(name) || name is "(none)" ? "localhost" : name;
    }

    private string? MachineId(out string? error)
    {
        var text = Line("/etc/machine-id");
        error = text is null ? NoFile : null;
        if (text is null || (text.Length == 32 && !text.AsSpan().ContainsAnyExcept("0123456789abcdefABCDEF")))
        {
            return text?.ToLowerInvariant();
        }

        error = "No medium found";
        return null;
    }

    private string? OsRelease(string field, out string? error)
    {
        var text = Text("/etc/os-release") ?? Text("/usr/lib/os-release");
        error = text is null ? NoFile : null;
        return text is null ? null : EnvironmentFile.Value(text, field) ?? "";
    }

    private string? Line(string path) => Text(path)?.Split('\n')[0].Trim();

    private string? Text(string path) =>
        files.Read(path, SizeLimit, out _) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
