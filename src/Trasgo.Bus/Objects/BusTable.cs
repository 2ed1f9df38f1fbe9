using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Objects;

/// <summary>Writes rows for objects of one type, so that no getter casts.</summary>
internal static class BusTable<T>
    where T : class
{
    public static BusProperty Property(
        string name, string signature, Action<T, MessageWriter> get, MemberFlags flags = MemberFlags.None) =>
        new(name, signature, (target, writer) => get((T)target, writer), flags);

    public static BusProperty Writable(
        string name,
        string signature,
        Action<T, MessageWriter> get,
        Func<T, MessageReader, BusError?> set,
        MemberFlags flags = MemberFlags.None) =>
        new(name, signature, (target, writer) => get((T)target, writer), flags, (target, reader) => set((T)target, reader));

    public static BusProperty String(string name, Func<T, string> get, MemberFlags flags = MemberFlags.None) =>
        new(name, "s", (target, writer) => writer.String(get((T)target)), flags);

    public static BusProperty Boolean(string name, Func<T, bool> get, MemberFlags flags = MemberFlags.None) =>
        new(name, "b", (target, writer) => writer.Boolean(get((T)target)), flags);

    public static BusProperty UInt32(string name, Func<T, uint> get, MemberFlags flags = MemberFlags.None) =>
        new(name, "u", (target, writer) => writer.UInt32(get((T)target)), flags);

    public static BusProperty Int32(string name, Func<T, int> get, MemberFlags flags = MemberFlags.None) =>
        new(name, "i", (target, writer) => writer.Int32(get((T)target)), flags);

    public static BusProperty UInt64(string name, Func<T, ulong> get, MemberFlags flags = MemberFlags.None) =>
        new(name, "t", (target, writer) => writer.UInt64(get((T)target)), flags);

    public static BusProperty Strings(string name, Func<T, IEnumerable<string>> get, MemberFlags flags = MemberFlags.None) =>
        new(name, "as", (target, writer) => writer.StringArray(get((T)target)), flags);

    public static BusMethod Method(
        string name, string @in, string[] inNames, string @out, string[] outNames, Action<T, BusCall> handler,
        MemberFlags flags = MemberFlags.None) =>
        new(name, @in, inNames, @out, outNames, call => handler((T)call.Target, call), flags);

    public static BusSignal Signal(string name, string signature, params string[] argumentNames) => new(name, signature, argumentNames);
}
