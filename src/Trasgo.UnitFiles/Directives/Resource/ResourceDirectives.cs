using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// The rows of systemd.resource-control(5), shared by every unit type with a control group, in the order of their
/// properties. All of them may be set while the unit runs.
/// </summary>
internal static partial class ResourceDirectives
{
    private static readonly Rows<ResourceConfig> s_rows = new("") { Flags = BusFlags.Transient | BusFlags.Runtime };

    private static Directive<ResourceConfig>[]? s_all;

    public static IReadOnlyList<Directive<ResourceConfig>> All => s_all ??=
    [
        .. GroupRows(),
        .. CpuRows(),
        .. IoRows(),
        .. BlockIoRows(),
        .. MemoryRows(),
        .. DeviceRows(),
        .. TaskRows(),
        .. NetworkRows(),
        .. OomRows(),
        .. FilterRows(),
        s_rows.Obsolete("NetClass"),
    ];

    public static Directive<TConfig>[] For<TConfig>(string section, Func<TConfig, ResourceConfig> select, Func<TConfig, ResourceConfig>? own = null) =>
        LiftedDirective<TConfig, ResourceConfig>.Lift(section, All, select, own);

    private static Directive<ResourceConfig>[] GroupRows() =>
    [
        new CustomDirective<ResourceConfig>("", "Slice", "s", "UNIT")
        {
            BusFlags = BusFlags.Transient,
            Parser = static (c, text, context) =>
            {
                if (!context.ExpandUnitName(text, out var name))
                {
                    return;
                }

                if (UnitName.TryParse(name, out var unit) && unit.Type == UnitType.Slice)
                {
                    c.Slice = name;
                }
                else
                {
                    context.Ignore("takes slice units only", name);
                }
            },
            Writer = static (c, writer) => writer.String(c.Slice ?? ""),
            Formatter = static (c, texts) => texts.AddRange(c.Slice is { } slice ? [WordText.EscapeSpecifiers(slice)] : []),
            Reader = static (reader, texts) =>
            {
                texts.Add(WordText.EscapeSpecifiers(reader.String()));
                return UnitName.TryParse(texts[0], UnitNameFlags.Plain, out var unit) && unit.Type == UnitType.Slice;
            },
            GoodSample = "system-cron.slice",
            BadSample = "cron.service",
        },
        new CustomDirective<ResourceConfig>("", "Delegate", "b", "BOOLEAN|CONTROLLER ...")
        {
            BusFlags = BusFlags.Transient,
            Parser = ParseDelegate,
            Writer = static (c, writer) => writer.Boolean(c.Delegate),
            Formatter = static (c, texts) => texts.AddRange(
                !c.Delegate ? ["no"] : c.DelegateControllers == CgroupControllers.None ? [""] : ["", ControllerNames.Format(c.DelegateControllers)]),
            Reader = Value.Boolean.Read,
            GoodSample = "cpu memory",
            BadSample = "\"cpu",
        },
        s_rows.View("DelegateControllers", "as",
            static (c, writer) => BusLists.Write(writer, ControllerNames.Of(c.Delegate ? c.DelegateControllers : CgroupControllers.None)),
            flags: BusFlags.Transient,
            set: new BusSetter("as", static (reader, section, settings) =>
            {
                var names = BusLists.Strings(reader);
                settings.Add(new Setting(section, "Delegate", string.Join(' ', names)));
                return names.TrueForAll(static name => ControllerNames.TryParse(name, out _));
            })),
    ];

    private static Directive<ResourceConfig>[] TaskRows() =>
    [
        s_rows.Of("TasksAccounting", Value.Boolean, static c => ref c.TasksAccounting, enforcement: Enforcement.Pids, good: "no"),
        new CustomDirective<ResourceConfig>("", "TasksMax", "t", "NUMBER|PERCENT|infinity")
        {
            BusFlags = s_rows.Flags,
            Parser = static (c, text, context) => TasksMaxText.Parse(ref c.TasksMax, text, context),
            Writer = static (c, writer) => writer.UInt64(c.TasksMax.Resolve(c.Host.MaxTasks)),
            Formatter = static (c, texts) => texts.Add(TasksMaxText.Format(c.TasksMax)),
            Reader = static (reader, texts) =>
            {
                var value = reader.UInt64();
                texts.Add(TasksMaxText.Format(new TasksMax(value)));
                return value > 0;
            },
            Enforcement = Enforcement.Pids,
            GoodSample = "20%",
            BadSample = "0",
        },
        s_rows.Setter("TasksMaxScale", "u", static (reader, section, settings) => ReadScale(reader, section, "TasksMax", settings)),
    ];

    /// <summary>A share of 2^32-1, as clients send percentages.</summary>
    private static bool ReadScale(IValueReader reader, string section, string name, List<Setting> settings)
    {
        var permyriad = (int)(((ulong)reader.UInt32() * Permyriad.Whole + (uint.MaxValue / 2)) / uint.MaxValue);
        settings.Add(new Setting(section, name, PercentText.Format(permyriad)));
        return true;
    }

    private static void ParseDelegate(ResourceConfig config, string text, ParseContext context)
    {
        if (context.Unit is not null and not { Type: UnitType.Service or UnitType.Scope })
        {
            context.Ignore("is not for units of this type", text);
            return;
        }

        if (text.Length == 0)
        {
            config.Delegate = true;
            config.DelegateControllers = CgroupControllers.None;
        }
        else if (Booleans.Parse(text) is { } all)
        {
            config.Delegate = all;
            config.DelegateControllers = all ? CgroupControllers.AllDelegated : CgroupControllers.None;
        }
        else if (Quoting.SplitWords(text, ExtractFlags.Unquote) is { } words)
        {
            config.Delegate = true;
            foreach (var word in words)
            {
                if (ControllerNames.TryParse(word, out var controller))
                {
                    config.DelegateControllers |= controller;
                }
                else
                {
                    context.Ignore("has an unknown controller", word);
                }
            }
        }
        else
        {
            context.Ignore("has invalid quoting", text);
        }
    }
}
