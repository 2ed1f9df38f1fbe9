using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>
/// The directories units come from, highest priority first, and the names of those with a purpose: the tables of
/// systemd.unit(5), "UNIT FILE LOAD PATH". A directory is null where the scope or the environment gives none.
/// Paths are as the managed system sees them; <see cref="Root"/> is only put before those shown to a user.
/// </summary>
internal sealed class UnitSearchPath
{
    public RuntimeScope Scope { get; private init; }

    /// <summary>The directory of systemctl's --root=, without a trailing slash; null for the running system.</summary>
    public string? Root { get; private init; }

    public IReadOnlyList<string> All { get; private init; } = [];

    public string? PersistentConfig { get; private init; }

    public string? RuntimeConfig { get; private init; }

    public string? PersistentControl { get; private init; }

    public string? RuntimeControl { get; private init; }

    public string? PersistentAttached { get; private init; }

    public string? RuntimeAttached { get; private init; }

    public string? Transient { get; private init; }

    public string? Generator { get; private init; }

    public string? GeneratorEarly { get; private init; }

    public string? GeneratorLate { get; private init; }

    public static UnitSearchPath For(RuntimeScope scope, IReadOnlyDictionary<string, string> env, string? root = null)
    {
        var named = scope switch
        {
            RuntimeScope.System => ForSystem(),
            RuntimeScope.User => ForUser(env),
            _ => ForGlobal(),
        };

        var standard = scope switch
        {
            RuntimeScope.System => SystemDirectories(named),
            RuntimeScope.User => UserDirectories(named, env),
            _ => GlobalDirectories(named),
        };

        return new UnitSearchPath
        {
            Scope = scope,
            Root = string.IsNullOrEmpty(root) || !root.AsSpan().ContainsAnyExcept('/') ? null : PathText.Simplify(root),
            All = EnvironmentPath.Resolve(env, "SYSTEMD_UNIT_PATH", standard.OfType<string>()),
            PersistentConfig = named.PersistentConfig,
            RuntimeConfig = named.RuntimeConfig,
            PersistentControl = named.PersistentControl,
            RuntimeControl = named.RuntimeControl,
            PersistentAttached = named.PersistentAttached,
            RuntimeAttached = named.RuntimeAttached,
            Transient = named.Transient,
            Generator = named.Generator,
            GeneratorEarly = named.GeneratorEarly,
            GeneratorLate = named.GeneratorLate,
        };
    }

    /// <summary>The directories only the manager writes; their changes are its own, and no reason to read everything anew.</summary>
    public bool IsOurs(string directory) =>
        Is(directory, Generator) || Is(directory, GeneratorEarly) || Is(directory, GeneratorLate) || Is(directory, Transient)
        || Is(directory, PersistentControl) || Is(directory, RuntimeControl);

    /// <summary>A path as a user outside the root sees it.</summary>
    public string Outside(string path) => Root is null ? path : Root + path;

    private static bool Is(string directory, string? other) => string.Equals(directory, other, StringComparison.Ordinal);

    private static UnitSearchPath ForSystem() => new()
    {
        PersistentConfig = "/etc/systemd/system",
        RuntimeConfig = "/run/systemd/system",
        PersistentControl = "/etc/systemd/system.control",
        RuntimeControl = "/run/systemd/system.control",
        PersistentAttached = "/etc/systemd/system.attached",
        RuntimeAttached = "/run/systemd/system.attached",
        Transient = "/run/systemd/transient",
        Generator = "/run/systemd/generator",
        GeneratorEarly = "/run/systemd/generator.early",
        GeneratorLate = "/run/systemd/generator.late",
    };

    private static UnitSearchPath ForGlobal() => new()
    {
        PersistentConfig = "/etc/systemd/user",
        RuntimeConfig = "/run/systemd/user",
    };

    private static UnitSearchPath ForUser(IReadOnlyDictionary<string, string> env)
    {
        var config = UserDirectory.Config(env);
        var run = UserDirectory.Runtime(env);
        return new UnitSearchPath
        {
            PersistentConfig = Below(config, "systemd/user"),
            RuntimeConfig = Below(run, "systemd/user"),
            PersistentControl = Below(config, "systemd/user.control"),
            RuntimeControl = Below(run, "systemd/user.control"),
            Transient = Below(run, "systemd/transient"),
            Generator = Below(run, "systemd/generator"),
            GeneratorEarly = Below(run, "systemd/generator.early"),
            GeneratorLate = Below(run, "systemd/generator.late"),
        };
    }

    private static string? Below(string? directory, string name) => directory is null ? null : PathText.Join(directory, name);

    private static string?[] SystemDirectories(UnitSearchPath p) =>
    [
        p.PersistentControl, p.RuntimeControl, p.Transient, p.GeneratorEarly, p.PersistentConfig,
        p.PersistentAttached, p.RuntimeConfig, p.RuntimeAttached, p.Generator,
        "/usr/local/lib/systemd/system", "/lib/systemd/system", "/usr/lib/systemd/system", p.GeneratorLate,
    ];

    private static string?[] GlobalDirectories(UnitSearchPath p) =>
    [
        p.PersistentConfig, p.RuntimeConfig,
        "/usr/local/share/systemd/user", "/usr/share/systemd/user", "/usr/local/lib/systemd/user", "/usr/lib/systemd/user",
    ];

    private static IEnumerable<string?> UserDirectories(UnitSearchPath p, IReadOnlyDictionary<string, string> env) =>
    [
        p.PersistentControl, p.RuntimeControl, p.Transient, p.GeneratorEarly, p.PersistentConfig,
        .. UserDirectory.ConfigDirectories(env).Select(d => PathText.Join(d, "systemd/user")),
        "/etc/systemd/user", p.RuntimeConfig, "/run/systemd/user", p.Generator,
        Below(UserDirectory.Data(env), "systemd/user"),
        .. UserDirectory.DataDirectories(env).Select(d => PathText.Join(d, "systemd/user")),
        "/usr/local/lib/systemd/user", "/usr/local/share/systemd/user", "/usr/lib/systemd/user", "/usr/share/systemd/user",
        p.GeneratorLate,
    ];
}
