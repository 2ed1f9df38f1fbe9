using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>An Exec*= row and, for services, the property beside it that also names the flags.</summary>
internal static class ExecCommandRows
{
    public static Directive<TConfig>[] For<TConfig>(Rows<TConfig> rows, string name, Field<TConfig, List<ExecCommand>> field, bool ex)
    {
        const BusFlags Flags = BusFlags.EmitsInvalidation | BusFlags.Transient;
        var row = rows.Of(name, Value.Commands, field, flags: Flags);
        if (!ex)
        {
            return [row];
        }

        var setter = new BusSetter(ExecCommandsKind.SetExSignature, (reader, section, settings) =>
        {
            var texts = new List<string>();
            var sound = ExecCommandsKind.ReadCommands(reader, texts, ex: true);
            settings.AddRange(texts.Select(text => new Setting(section, name, text)));
            return sound;
        });
        return [row, rows.View(name + "Ex", ExecCommandsKind.ExSignature, (c, writer) => ExecCommandsKind.WriteEx(field(c), writer), Flags, setter)];
    }
}
