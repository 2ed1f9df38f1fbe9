using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>System calls, personality and address families.</summary>
internal static partial class ExecDirectives
{
    private static readonly NameFilterKind s_systemCalls = new("[~]SYSCALL[:ERRNO]|@GROUP ...", "@clock ~@mount getpid", "no_such_call", ExtractFlags.None)
    {
        Resolve = static (word, _, names) => SystemCalls.Resolve(word, names),
        AllowedAnyway = static () => SystemCalls.Group("@default"),
    };

    private static readonly NameFilterKind s_systemCallLog = new("[~]SYSCALL|@GROUP ...", "@clock getpid", "no_such_call", ExtractFlags.None)
    {
        Resolve = static (word, _, names) => SystemCalls.Resolve(word, names),
    };

    private static readonly NameFilterKind s_addressFamilies = new("none|[~]FAMILY ...", "AF_UNIX AF_INET", "AF_NOTHING", ExtractFlags.Unquote)
    {
        None = "none",
        Resolve = static (word, _, names) =>
        {
            var name = AddressFamilies.Canonical(word);
            names.Add(new(name ?? word, ""));
            return name is not null;
        },
    };

    private static readonly NameFilterKind s_fileSystems = new("[~]FILESYSTEM|@GROUP ...", "ext4 tmpfs", bad: null, ExtractFlags.Unquote)
    {
        Resolve = static (word, _, names) =>
        {
            names.Add(new(word, ""));
            return true;
        },
    };

    private static Directive<ExecConfig>[] FilterRows() =>
    [
        s_rows.Of("SystemCallFilter", s_systemCalls, static c => ref c.SystemCallFilter, enforcement: Enforcement.SystemCallFilters, good: "~@clock getpid"),
        new CustomDirective<ExecConfig>("", "SystemCallArchitectures", "as", "ARCHITECTURE ...")
        {
            Parser = static (c, text, context) => Architectures.Parse(c.SystemCallArchitectures, text, context),
            Writer = static (c, writer) => BusLists.Write(writer, c.SystemCallArchitectures),
            Formatter = static (c, texts) => texts.AddRange(["", string.Join(' ', c.SystemCallArchitectures)]),
            Reader = static (reader, texts) =>
            {
                var names = BusLists.Strings(reader);
                texts.Add(string.Join(' ', names));
                return names.TrueForAll(Architectures.IsKnown);
            },
            Enforcement = Enforcement.SystemCallFilters,
            GoodSample = "native x86",
            BadSample = "z80",
        },
        new CustomDirective<ExecConfig>("", "SystemCallErrorNumber", "i", "ERRNO|kill")
        {
            Parser = static (c, text, context) =>
            {
                var number = 0;
                if (text is "" or "kill")
                {
                    c.SystemCallErrorNumber = ExecConfig.ErrnoKill;
                }
                else if (Errnos.TryParse(text, out number) && number > 0)
                {
                    c.SystemCallErrorNumber = number;
                }
                else
                {
                    context.Ignore("is not an error number", text);
                }
            },
            Writer = static (c, writer) => writer.Int32(c.SystemCallErrorNumber),
            Formatter = static (c, texts) => texts.Add(c.SystemCallErrorNumber == ExecConfig.ErrnoKill ? "kill" : Errnos.Format(c.SystemCallErrorNumber)),
            Reader = static (reader, texts) =>
            {
                var number = reader.Int32();
                texts.Add(number == ExecConfig.ErrnoKill ? "kill" : Errnos.Format(number));
                return number is > 0 and < 4096 or ExecConfig.ErrnoKill;
            },
            Enforcement = Enforcement.SystemCallFilters,
            GoodSample = "EPERM",
            BadSample = "EWHAT",
        },
        s_rows.Of("SystemCallLog", s_systemCallLog, static c => ref c.SystemCallLog, enforcement: Enforcement.SystemCallFilters),
        s_rows.Of("Personality", s_personality, static c => ref c.Personality),
        s_rows.Of("LockPersonality", Value.Boolean, static c => ref c.LockPersonality, enforcement: Enforcement.SystemCallFilters),
        s_rows.Of("RestrictAddressFamilies", s_addressFamilies, static c => ref c.RestrictAddressFamilies, enforcement: Enforcement.SystemCallFilters),
    ];

    private static readonly ScalarKind<ulong> s_personality = new(
        "s", "ARCHITECTURE", Architectures.Native, "z80",
        Architectures.TryPersonality,
        Architectures.PersonalityName,
        static (value, writer) => writer.String(Architectures.PersonalityName(value)),
        static reader => Architectures.TryPersonality(reader.String(), out var value) ? value : ExecConfig.PersonalityUnset)
    {
        EmptyResets = true,
        Empty = ExecConfig.PersonalityUnset,
    };
}
