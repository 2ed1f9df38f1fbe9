using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>Flags of open(2). Three of them have other values on arm64: <see cref="Directory"/> and its neighbours are read from the machine.</summary>
internal readonly record struct OpenFlags(int Value)
{
    public static readonly OpenFlags ReadOnly = new(0);
    public static readonly OpenFlags WriteOnly = new(1);
    public static readonly OpenFlags ReadWrite = new(2);
    public static readonly OpenFlags Create = new(0x40);
    public static readonly OpenFlags Exclusive = new(0x80);
    public static readonly OpenFlags NoControllingTerminal = new(0x100);
    public static readonly OpenFlags Truncate = new(0x200);
    public static readonly OpenFlags Append = new(0x400);
    public static readonly OpenFlags NonBlock = new(0x800);
    public static readonly OpenFlags CloseOnExec = new(0x80000);
    public static readonly OpenFlags PathOnly = new(0x200000);
    public static readonly OpenFlags Directory = new(IsArm ? 0x4000 : 0x10000);
    public static readonly OpenFlags NoFollow = new(IsArm ? 0x8000 : 0x20000);

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public static OpenFlags operator |(OpenFlags a, OpenFlags b) => new(a.Value | b.Value);

    public static explicit operator int(OpenFlags flags) => flags.Value;
}
