namespace Trasgo.Linux;

/// <summary>How a terminal treats what goes through it (termios(3)): to be kept, changed, and put back.</summary>
internal readonly unsafe struct TerminalMode
{
    // The flags have the same values on x86-64 and arm64 (asm-generic/termbits.h).
    private const uint IgnoreBreak = 0x1;
    private const uint BreakInterrupts = 0x2;
    private const uint MarkParity = 0x8;
    private const uint StripInput = 0x20;
    private const uint NewLineToReturn = 0x40;
    private const uint IgnoreReturn = 0x80;
    private const uint ReturnToNewLine = 0x100;
    private const uint UpperToLower = 0x200;
    private const uint StopAndStart = 0x400;
    private const uint BellWhenFull = 0x2000;
    private const uint Utf8Input = 0x4000;
    private const uint ProcessOutput = 0x1;
    private const uint NewLineToBoth = 0x4;
    private const uint CharacterSize = 0x30;
    private const uint EightBits = 0x30;
    private const uint Receiver = 0x80;
    private const uint Parity = 0x100;
    private const uint Signals = 0x1;
    private const uint Lines = 0x2;
    private const uint Echo = 0x8;
    private const uint EchoErase = 0x10;
    private const uint EchoKill = 0x20;
    private const uint EchoNewLine = 0x40;
    private const uint EchoControl = 0x200;
    private const uint EchoKillByErasing = 0x800;
    private const uint Extensions = 0x8000;

    private const int Now = 0;

    private static readonly byte[] s_characters =
    [
        3, // VINTR, ^C
        28, // VQUIT, ^\
        127, // VERASE
        21, // VKILL, ^U
        4, // VEOF, ^D
        0, // VTIME
        1, // VMIN
        0, // VSWTC
        17, // VSTART, ^Q
        19, // VSTOP, ^S
        26, // VSUSP, ^Z
        0, // VEOL
        18, // VREPRINT, ^R
        15, // VDISCARD, ^O
        23, // VWERASE, ^W
        22, // VLNEXT, ^V
        0, // VEOL2
    ];

    private readonly TerminalAttributes _attributes;

    private TerminalMode(in TerminalAttributes attributes) => _attributes = attributes;

    /// <summary>Null when it is no terminal.</summary>
    public static TerminalMode? Of(int fd)
    {
        TerminalAttributes attributes;
        return Libc.tcgetattr(fd, &attributes) == 0 ? new TerminalMode(attributes) : null;
    }

    public Errno Apply(int fd)
    {
        var attributes = _attributes;
        return LastError.Of(Libc.tcsetattr(fd, Now, &attributes));
    }

    /// <summary>What a shell finds after login.</summary>
    public TerminalMode Sane()
    {
        var sane = _attributes;
        sane.Input &= ~(IgnoreBreak | BreakInterrupts | StripInput | NewLineToReturn | IgnoreReturn | UpperToLower);
        sane.Input |= ReturnToNewLine | BellWhenFull | Utf8Input;
        sane.Output |= ProcessOutput | NewLineToBoth;
        sane.Control |= Receiver;
        sane.Local = Signals | Lines | Extensions | Echo | EchoErase | EchoKill | EchoControl | EchoKillByErasing;
        s_characters.CopyTo(((Span<byte>)sane.Characters)[..s_characters.Length]);
        return new TerminalMode(sane);
    }

    /// <summary>Every byte goes through as it is, in both directions (cfmakeraw(3)).</summary>
    public TerminalMode Raw()
    {
        var raw = RawOutput()._attributes;
        raw.Input &= ~(IgnoreBreak | BreakInterrupts | MarkParity | StripInput | NewLineToReturn | IgnoreReturn | ReturnToNewLine | StopAndStart);
        raw.Local &= ~(Echo | EchoNewLine | Lines | Signals | Extensions);
        raw.Control = (raw.Control & ~(CharacterSize | Parity)) | EightBits;
        return new TerminalMode(raw);
    }

    /// <summary>What is written is not touched; what is typed is treated as before.</summary>
    public TerminalMode RawOutput()
    {
        var raw = _attributes;
        raw.Output &= ~ProcessOutput;
        return new TerminalMode(raw);
    }
}
