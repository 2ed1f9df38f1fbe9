using System.Text;

namespace Trasgo.Linux;

/// <summary>
/// A flat program of system calls for a child that is about to become another program. It is written by managed code, with every
/// argument laid out in memory of its own, and run by native/spawn.c where managed code may not run. The operations run in order; the
/// first that fails ends the child with the operation's <see cref="SpawnStep"/> as its exit status. A program is written, spawned once
/// (which hands it to the <see cref="Spawner"/>) and disposed by it.
/// </summary>
internal sealed unsafe partial class SpawnProgram : IDisposable
{
    private const int KindCall = 0;
    private const int KindResetSignals = 1;
    private const int KindPutPid = 2;
    private const int KindExecute = 3;
    private const int KindFail = 4;
    private const int FlagIgnoreError = 1;

    /// <summary>What native/spawn.c takes is a few hundred bytes.</summary>
    private const int StackSize = 8 * 1024;

    private readonly NativeArena _memory = new();
    private readonly List<NativeOperation> _operations = [];
    private readonly List<(int Operation, int Argument)> _addresses = [];
    private readonly List<(nint Vector, int Count)> _vectors = [];
    private readonly List<string> _notes = [];
    private readonly List<Descriptor> _owned = [];
    private NativeProgram* _native;
    private int _slots;
    private string? _failure;

    /// <summary>A cgroup2 directory that the child is born in; owned by the program.</summary>
    public Descriptor? ControlGroup { get; set; }

    /// <summary>
    /// What has to be done before the child and may take long: making directories, changing the owner of a tree. It runs on the spawner's
    /// thread, so it may use nothing that belongs to the loop. If it fails the child does nothing else than to fail at that step.
    /// </summary>
    public Func<SpawnFailure?>? Preparation { get; set; }

    /// <summary>
    /// The caller sleeps while the program runs, since an operation changes more than the child: the kernel takes whoever shares memory with it
    /// and does not sleep for part of it.
    /// </summary>
    public bool MustSuspend { get; set; }

    public int Count => _operations.Count;

    /// <summary>The child has not executed yet, or not ended.</summary>
    internal bool IsRunning => _native is not null && Volatile.Read(ref _native->Running) != 0;

    /// <summary>It can run beside its caller: there is nothing to be done before it.</summary>
    internal bool MayRunApart => Preparation is null && !MustSuspend;

    internal int Pid => _native is null ? 0 : Volatile.Read(ref _native->Pid);

    internal NativeProgram* Native => _native is null ? Seal() : _native;

    /// <summary>Keeps a descriptor open until the program has run.</summary>
    public Descriptor Own(Descriptor descriptor)
    {
        _owned.Add(descriptor);
        return descriptor;
    }

    public nint Text(string text) => _memory.Text(text);

    public nint Bytes(ReadOnlySpan<byte> bytes) => _memory.Bytes(bytes);

    public nint Copy<T>(ReadOnlySpan<T> values)
        where T : unmanaged
        => _memory.Copy(values);

    /// <summary>Any system call. The note is what people read in <see cref="Describe"/>.</summary>
    public SpawnSlot Call(SpawnStep step, int number, string note, ReadOnlySpan<SpawnArgument> arguments, bool ignoreError = false)
    {
        var slot = new SpawnSlot(_slots++);
        Add(KindCall, step, number, slot.Index, note, arguments, ignoreError);
        return slot;
    }

    /// <summary>
    /// Every signal back to its default, also those the runtime ignores: dispositions "ignore" survive execve(2). In a child of ours the others are at
    /// it; in a process that has become something else meanwhile, nothing is known of them.
    /// </summary>
    public void ResetSignals(bool inAnotherProcess = false)
    {
        var changed = inAnotherProcess ? ulong.MaxValue : Signals.Changed.Bits;
        Add(KindResetSignals, SpawnStep.SignalMask, 0, -1, "every signal SIG_DFL", [(long)changed], false);
    }

    /// <summary>Writes the child's PID in decimal over the memory at this address, which has room for 12 bytes.</summary>
    public void PutPid(nint address, string note) => Add(KindPutPid, SpawnStep.Memory, 0, -1, note, [address], false);

    /// <summary>The end of every program: becomes the first of the candidates that can be executed.</summary>
    public void Execute(
        IReadOnlyList<string> candidates,
        IReadOnlyList<string> argv,
        IReadOnlyList<string> environment,
        bool missingIsSuccess = false,
        SpawnStep step = SpawnStep.Exec)
        => Execute(candidates, argv, [.. environment.Select(Text)], missingIsSuccess, step);

    /// <summary>As above, with an environment whose entries were laid out before, so that <see cref="PutPid"/> can write into one.</summary>
    public void Execute(
        IReadOnlyList<string> candidates,
        IReadOnlyList<string> argv,
        ReadOnlySpan<nint> environment,
        bool missingIsSuccess = false,
        SpawnStep step = SpawnStep.Exec)
    {
        if (argv.Count == 0)
        {
            // CVE-2021-4034: a program that finds no argv[0] reads its environment instead.
            throw new ArgumentException("a program is never executed without argv[0]", nameof(argv));
        }

        var paths = Vector([.. candidates.Select(Text)]);
        var arguments = Vector([.. argv.Select(Text)]);
        var note = $"execve({string.Join(" | ", candidates)}, [{string.Join(", ", argv.Select(static a => $"\"{a}\""))}], {environment.Length} variables)";
        Add(KindExecute, step, 0, -1, note, [paths, arguments, Vector(environment)], missingIsSuccess);
    }

    /// <summary>Ends the child with this step: for what turned out to be wrong while the program was written.</summary>
    public void Fail(SpawnFailure failure) =>
        Add(KindFail, failure.Step, 0, -1, $"{failure.What}: {ErrnoNames.Message(failure.Error)}", [(int)failure.Error], false);

    /// <summary>The program for people, one operation a line.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        if (ControlGroup is { } group)
        {
            text.Append("219/CGROUP  clone3(CLONE_INTO_CGROUP ").Append(FileSystem.ReadLink($"/proc/self/fd/{group.Raw}").Value).Append(")\n");
        }

        for (var i = 0; i < _operations.Count; i++)
        {
            var step = (SpawnStep)_operations[i].Step;
            var optional = (_operations[i].Flags & FlagIgnoreError) != 0 ? "  (may fail)" : string.Empty;
            text.Append($"{_operations[i].Step}/{step.Name()}  {_notes[i]}{optional}\n");
        }

        return text.ToString();
    }

    /// <summary>The note of an operation, for the message about its failure.</summary>
    public string Note(int operation) => _failure ?? ((uint)operation < (uint)_notes.Count ? _notes[operation] : string.Empty);

    /// <summary>Does the preparation; after it the program is the one to run.</summary>
    internal void Prepare()
    {
        if (Preparation is null || RunPreparation() is not { } failure)
        {
            return;
        }

        _failure = failure.What;
        var operation = new NativeOperation { Kind = KindFail, Step = (int)failure.Step, Store = -1 };
        operation.Arguments[0] = (long)failure.Error;
        Native->Operations[0] = operation;
    }

    /// <summary>The child has copies of its own.</summary>
    internal void CloseDescriptors()
    {
        foreach (var descriptor in _owned)
        {
            descriptor.Dispose();
        }

        _owned.Clear();
        ControlGroup?.Dispose();
    }

    /// <summary>How far the child of that PID has come: all the way to its program, as far as is known, or to a step that failed.</summary>
    internal SpawnResult Outcome(int pid)
    {
        var failed = Volatile.Read(ref Native->FailedStep);
        return new SpawnResult(pid, null, (SpawnStep)failed, (Errno)Native->Error, failed != 0 ? Note(Native->FailedOperation) : string.Empty);
    }

    internal void GiveStack()
    {
        Native->Stack = _memory.Allocate(StackSize);
        Native->StackSize = StackSize;
    }

    public void Dispose()
    {
        CloseDescriptors();
        _native = null;
        _memory.Dispose();
    }

    private SpawnFailure? RunPreparation()
    {
        try
        {
            return Preparation!();
        }
        catch (Exception e)
        {
            // Nothing may end the spawner's thread; a bug in a preparation is that one start's failure.
            return new SpawnFailure(SpawnStep.Exec, Errno.EIO, e.Message);
        }
    }

    private void Add(int kind, SpawnStep step, int number, int store, string note, ReadOnlySpan<SpawnArgument> arguments, bool ignoreError)
    {
        var operation = new NativeOperation
        {
            Kind = kind,
            Step = (int)step,
            Number = number,
            Store = store,
            Flags = ignoreError ? FlagIgnoreError : 0,
        };
        for (var i = 0; i < arguments.Length; i++)
        {
            operation.Arguments[i] = arguments[i].Value;
            operation.FromSlot |= arguments[i].IsSlot ? 1U << i : 0;
            if (arguments[i].IsAddress)
            {
                _addresses.Add((_operations.Count, i));
            }
        }

        _operations.Add(operation);
        _notes.Add(note);
    }

    private nint Vector(ReadOnlySpan<nint> texts)
    {
        var vector = _memory.Vector(texts);
        _vectors.Add((vector, texts.Length));
        return vector;
    }

    private NativeProgram* Seal()
    {
        var program = (NativeProgram*)_memory.Allocate(sizeof(NativeProgram));
        var slots = (long*)_memory.Allocate(Math.Max(1, _slots) * sizeof(long));
        new Span<long>(slots, _slots).Fill(-1);
        program->Operations = (NativeOperation*)_memory.Copy<NativeOperation>([.. _operations]);
        program->Slots = slots;
        program->Count = _operations.Count;
        program->ControlGroup = ControlGroup?.Raw ?? -1;
        _native = program;
        return program;
    }
}
