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
    private const int FirstCapacity = 32;

    /// <summary>What a PID takes in decimal, and the end of the text.</summary>
    private const int PidRoom = 12;

    /// <summary>What native/spawn.c takes is a few hundred bytes.</summary>
    private const int StackSize = 8 * 1024;

    private readonly NativeArena _memory = new();
    private List<(int Operation, string Text)>? _notes;
    private List<Descriptor>? _owned;
    private NativeOperation* _operations;
    private int _capacity;
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

    public int Count { get; private set; }

    /// <summary>The child has not executed yet, or not ended.</summary>
    internal bool IsRunning => _native is not null && Volatile.Read(ref _native->Running) != 0;

    /// <summary>It can run beside its caller: there is nothing to be done before it.</summary>
    internal bool MayRunApart => Preparation is null && !MustSuspend;

    internal int Pid => _native is null ? 0 : Volatile.Read(ref _native->Pid);

    internal NativeProgram* Native => _native is null ? Seal() : _native;

    /// <summary>Keeps a descriptor open until the program has run.</summary>
    public Descriptor Own(Descriptor descriptor)
    {
        (_owned ??= []).Add(descriptor);
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
        (_notes ??= []).Add((Count, note));
        return Call(step, number, arguments, ignoreError);
    }

    /// <summary>
    /// Every signal back to its default, also those the runtime ignores: dispositions "ignore" survive execve(2). In a child of ours the others are at
    /// it; in a process that has become something else meanwhile, nothing is known of them.
    /// </summary>
    public void ResetSignals(bool inAnotherProcess = false)
    {
        var changed = inAnotherProcess ? ulong.MaxValue : Signals.Changed.Bits;
        Add(KindResetSignals, SpawnStep.SignalMask, 0, -1, [(long)changed], false);
    }

    /// <summary>"NAME=value" for an environment.</summary>
    public nint Variable(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => _memory.Assignment(name, value, room: 0, out _);

    /// <summary>A variable that ends in the child's PID in decimal, which an operation writes behind the value.</summary>
    public nint VariableWithPid(ReadOnlySpan<char> name, ReadOnlySpan<char> value = default)
    {
        var variable = _memory.Assignment(name, value, PidRoom, out var end);
        Add(KindPutPid, SpawnStep.Memory, 0, -1, [end, variable], false);
        return variable;
    }

    /// <summary>The end of every program: becomes the first of the candidates that can be executed.</summary>
    public void Execute(
        ReadOnlySpan<string> candidates,
        ReadOnlySpan<string> argv,
        ReadOnlySpan<string> environment,
        bool missingIsSuccess = false,
        SpawnStep step = SpawnStep.Exec)
        => Execute(candidates, argv, _memory.Vector(environment), missingIsSuccess, step);

    /// <summary>As above, with an environment whose variables were laid out before.</summary>
    public void Execute(
        ReadOnlySpan<string> candidates,
        ReadOnlySpan<string> argv,
        ReadOnlySpan<nint> environment,
        bool missingIsSuccess = false,
        SpawnStep step = SpawnStep.Exec)
        => Execute(candidates, argv, _memory.Vector(environment), missingIsSuccess, step);

    /// <summary>Ends the child with this step: for what turned out to be wrong while the program was written.</summary>
    public void Fail(SpawnFailure failure)
    {
        Add(KindFail, failure.Step, 0, -1, [], false);
        SetFailure(Count - 1, failure);
    }

    /// <summary>Does the preparation; after it the program is the one to run.</summary>
    internal void Prepare()
    {
        if (Preparation is null || RunPreparation() is not { } failure)
        {
            return;
        }

        _failure = failure.What;
        SetFailure(0, failure);
    }

    /// <summary>
    /// Copies of the descriptors that were only lent, for a program that is not run at once: their owners may close them before its turn comes. One that
    /// cannot be copied fails the operation that would have used it. A copy has a higher number than the original, so it is no less out of the way.
    /// </summary>
    internal void KeepLent()
    {
        for (var i = 0; i < Count; i++)
        {
            for (var argument = 0; _operations[i].Lent != 0; argument++)
            {
                if ((_operations[i].Lent >> argument & 1) == 0)
                {
                    continue;
                }

                _operations[i].Lent &= (byte)~(1 << argument);
                var lent = (int)_operations[i].Arguments[argument];
                var copy = LastError.Owned(Libc.fcntl(lent, Fcntl.DuplicateCloseOnExec, Math.Max(3, lent)));
                if (copy.Ok)
                {
                    _operations[i].Arguments[argument] = Own(copy.Value).Raw;
                }
                else
                {
                    SetFailure(i, new SpawnFailure((SpawnStep)_operations[i].Step, copy.Error, "Failed to duplicate a file descriptor"));
                }
            }
        }
    }

    /// <summary>The child has copies of its own.</summary>
    internal void CloseDescriptors()
    {
        if (_owned is not null)
        {
            foreach (var descriptor in _owned)
            {
                descriptor.Dispose();
            }

            _owned.Clear();
        }

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
        Native->Stack = _memory.AllocateApart(StackSize);
        Native->StackSize = StackSize;
    }

    public void Dispose()
    {
        CloseDescriptors();
        _native = null;
        _operations = null;
        Count = 0;
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

    /// <summary>A system call of which <see cref="Note"/> knows how to tell.</summary>
    private SpawnSlot Call(SpawnStep step, int number, ReadOnlySpan<SpawnArgument> arguments, bool ignoreError = false)
    {
        var slot = new SpawnSlot(_slots++);
        Add(KindCall, step, number, slot.Index, arguments, ignoreError);
        return slot;
    }

    private void Execute(ReadOnlySpan<string> candidates, ReadOnlySpan<string> argv, nint environment, bool missingIsSuccess, SpawnStep step)
    {
        if (argv.IsEmpty)
        {
            // CVE-2021-4034: a program that finds no argv[0] reads its environment instead.
            throw new ArgumentException("a program is never executed without argv[0]", nameof(argv));
        }

        Add(KindExecute, step, 0, -1, [_memory.Vector(candidates), _memory.Vector(argv), environment], missingIsSuccess);
    }

    private void Add(int kind, SpawnStep step, int number, int store, ReadOnlySpan<SpawnArgument> arguments, bool ignoreError)
    {
        if (Count == _capacity)
        {
            Grow();
        }

        // The memory is zeroed.
        var operation = &_operations[Count++];
        operation->Kind = kind;
        operation->Step = (int)step;
        operation->Number = number;
        operation->Store = store;
        operation->Flags = ignoreError ? FlagIgnoreError : 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            ref readonly var argument = ref arguments[i];
            operation->Arguments[i] = argument.Value;
            operation->FromSlot |= (ushort)(argument.IsSlot ? 1 << i : 0);
            operation->Addresses |= (byte)(argument.IsAddress ? 1 << i : 0);
            operation->Lent |= (byte)(argument.IsLent ? 1 << i : 0);
        }
    }

    private void Grow()
    {
        var capacity = Math.Max(FirstCapacity, _capacity * 2);
        var operations = (NativeOperation*)_memory.Allocate(capacity * sizeof(NativeOperation));
        new ReadOnlySpan<NativeOperation>(_operations, Count).CopyTo(new Span<NativeOperation>(operations, capacity));
        _operations = operations;
        _capacity = capacity;
    }

    private void SetFailure(int index, SpawnFailure failure)
    {
        _operations[index] = new NativeOperation { Kind = KindFail, Step = (int)failure.Step, Store = -1 };
        _operations[index].Arguments[0] = (long)failure.Error;
        (_notes ??= []).Insert(0, (index, $"{failure.What}: {ErrnoNames.Message(failure.Error)}"));
    }

    private NativeProgram* Seal()
    {
        var program = (NativeProgram*)_memory.Allocate(sizeof(NativeProgram));
        var slots = (long*)_memory.Allocate(Math.Max(1, _slots) * sizeof(long));
        new Span<long>(slots, _slots).Fill(-1);
        program->Operations = _operations;
        program->Slots = slots;
        program->Count = Count;
        program->ControlGroup = ControlGroup?.Raw ?? -1;
        _native = program;
        return program;
    }
}
