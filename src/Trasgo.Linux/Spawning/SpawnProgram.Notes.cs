using System.Runtime.InteropServices;
using System.Text;

namespace Trasgo.Linux;

/// <summary>
/// The program in words. They are read from the operations themselves, since hardly any program is ever asked for them: only one of whose steps
/// fails, or that somebody wants to see. What an operation does not tell has a note that was written with it.
/// </summary>
internal sealed unsafe partial class SpawnProgram
{
    /// <summary>The program for people, one operation a line.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        if (ControlGroup is { } group)
        {
            text.Append("219/CGROUP  clone3(CLONE_INTO_CGROUP ").Append(FileSystem.ReadLink($"/proc/self/fd/{group.Raw}").Value).Append(")\n");
        }

        for (var i = 0; i < Count; i++)
        {
            var step = (SpawnStep)_operations[i].Step;
            var optional = (_operations[i].Flags & FlagIgnoreError) != 0 ? "  (may fail)" : string.Empty;
            text.Append($"{_operations[i].Step}/{step.Name()}  {Words(i)}{optional}\n");
        }

        return text.ToString();
    }

    /// <summary>What an operation does, for the message about its failure.</summary>
    public string Note(int operation) => _failure ?? ((uint)operation < (uint)Count ? Words(operation) : string.Empty);

    /// <summary>An argument as it stands in a note.</summary>
    internal static string Describe(SpawnArgument argument) => argument.IsSlot ? $"${argument.Value}" : $"{argument.Value}";

    private string Words(int index)
    {
        ref readonly var op = ref _operations[index];
        var note = NoteWith(index);
        return op.Kind switch
        {
            KindResetSignals => "every signal SIG_DFL",
            KindPutPid => $"{Decode(op.Arguments[1], (int)(op.Arguments[0] - op.Arguments[1]))}<pid>",
            KindExecute => Execution(op),
            KindCall when op.Number == SystemCall.Prctl => $"prctl({Control(op, note)})",
            _ => note ?? FileCall(op) ?? IdentityCall(op) ?? SettingCall(op) ?? $"system call {op.Number}",
        };
    }

    private string? NoteWith(int index)
    {
        if (_notes is not null)
        {
            foreach (var (operation, text) in _notes)
            {
                if (operation == index)
                {
                    return text;
                }
            }
        }

        return null;
    }

    private static string Control(in NativeOperation op, string? what) => op.Arguments[0] switch
    {
        BoundingSetDrop => $"PR_CAPBSET_DROP, {what}",
        Ambient => $"PR_CAP_AMBIENT_RAISE, {what}",
        SecureBits => $"PR_SET_SECUREBITS, 0x{op.Arguments[1]:x}",
        TimerSlack => $"PR_SET_TIMERSLACK, {(ulong)op.Arguments[1]}",
        _ => $"PR_SET_NO_NEW_PRIVS, {op.Arguments[1]}",
    };

    private static string Execution(in NativeOperation op)
    {
        var candidates = TextsAt(op.Arguments[0]);
        var arguments = TextsAt(op.Arguments[1]).ConvertAll(static argument => $"\"{argument}\"");
        return $"execve({string.Join(" | ", candidates)}, [{string.Join(", ", arguments)}], {TextsAt(op.Arguments[2]).Count} variables)";
    }

    private static string? FileCall(in NativeOperation op)
    {
        var fd = Describe(new SpawnArgument(op.Arguments[0], (op.FromSlot & 1) != 0));
        return op.Number switch
        {
            var n when n == SystemCall.OpenAt => $"open(\"{TextAt(op.Arguments[1])}\", {Describe(new OpenFlags((int)op.Arguments[2]))})",
            var n when n == SystemCall.Fcntl => $"fcntl({fd}, F_DUPFD_CLOEXEC, {op.Arguments[2]})",
            var n when n == SystemCall.Dup3 => $"dup3({fd}, {op.Arguments[1]}, 0)",
            var n when n == SystemCall.Write => $"write({fd}, \"{Decode(op.Arguments[1], (int)op.Arguments[2]).TrimEnd('\n')}\")",
            var n when n == SystemCall.Close => $"close({fd})",
            SystemCall.CloseRange => $"close_range({op.Arguments[0]}, ~0, CLOSE_RANGE_CLOEXEC)",
            var n when n == SystemCall.Chdir => $"chdir(\"{TextAt(op.Arguments[0])}\")",
            var n when n == SystemCall.Chroot => $"chroot(\"{TextAt(op.Arguments[0])}\")",
            var n when n == SystemCall.Umask => $"umask(0{Convert.ToString(op.Arguments[0], 8)})",
            _ => null,
        };
    }

    private static string? IdentityCall(in NativeOperation op)
    {
        var first = op.Arguments[0];
        return op.Number switch
        {
            var n when n == SystemCall.SetSid => "setsid()",
            var n when n == SystemCall.SetGroups => $"setgroups([{string.Join(", ", new Span<uint>((void*)op.Arguments[1], (int)first).ToArray())}])",
            var n when n == SystemCall.SetResGid => $"setresgid({first}, {first}, {first})",
            var n when n == SystemCall.SetResUid => $"setresuid({first}, {first}, {first})",
            var n when n == SystemCall.SetFsUid => $"setfsuid({first})",
            var n when n == SystemCall.CapSet => Capabilities((uint*)op.Arguments[1]),
            _ => null,
        };
    }

    private static string? SettingCall(in NativeOperation op) => op.Number switch
    {
        var n when n == SystemCall.RtSigAction => $"{SignalNames.Long((int)op.Arguments[0])} SIG_IGN",
        var n when n == SystemCall.RtSigProcMask => Mask(*(ulong*)op.Arguments[1]),
        var n when n == SystemCall.SetPriority => $"setpriority(PRIO_PROCESS, 0, {op.Arguments[2]})",
        var n when n == SystemCall.PrLimit => Describe((int)op.Arguments[1], *(ResourceLimit*)op.Arguments[2]),
        _ => null,
    };

    private static string Mask(ulong blocked) => blocked == 0 ? "rt_sigprocmask(SIG_SETMASK, {})" : $"rt_sigprocmask(SIG_SETMASK, 0x{blocked:x})";

    private static string Describe(int resource, ResourceLimit limit) => $"prlimit({ResourceLimits.Name(resource)}, {Describe(limit.Soft)}:{Describe(limit.Hard)})";

    /// <summary>The effective, the permitted and the inheritable set: the lower halves, and after them the upper ones.</summary>
    private static string Capabilities(uint* sets) =>
        $"capset(effective 0x{Both(sets, 0):x}, permitted 0x{Both(sets, 1):x}, inheritable 0x{Both(sets, 2):x})";

    private static ulong Both(uint* sets, int which) => sets[which] | ((ulong)sets[which + 3] << 32);

    private static string Describe(ulong limit) => limit == ResourceLimit.Infinity ? "infinity" : $"{limit}";

    private static string Describe(OpenFlags flags)
    {
        var value = flags.Value;
        var text = (value & 3) switch { 0 => "O_RDONLY", 1 => "O_WRONLY", _ => "O_RDWR" };
        foreach (var (flag, name) in ((OpenFlags, string)[])[
            (OpenFlags.Create, "O_CREAT"), (OpenFlags.Append, "O_APPEND"), (OpenFlags.Truncate, "O_TRUNC"),
            (OpenFlags.NonBlock, "O_NONBLOCK"), (OpenFlags.NoFollow, "O_NOFOLLOW"), (OpenFlags.NoControllingTerminal, "O_NOCTTY")])
        {
            text += (value & flag.Value) != 0 ? $"|{name}" : string.Empty;
        }

        return text;
    }

    private static List<string> TextsAt(long vector)
    {
        var texts = new List<string>();
        for (var at = (long*)vector; *at != 0; at++)
        {
            texts.Add(TextAt(*at));
        }

        return texts;
    }

    private static string TextAt(long address) => Utf8.Decode(MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)address));

    private static string Decode(long address, int length) => Utf8.Decode(new ReadOnlySpan<byte>((byte*)address, length));
}
