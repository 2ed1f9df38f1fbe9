using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Exec;

/// <summary>Standard input, output and error, and the descriptors from 3 on.</summary>
internal sealed partial class ExecCompiler
{
    private const int FirstPassed = 3;
    private const int SetControllingTerminal = 0x540E;

    private string? _journalStream;
    private SpawnArgument? _input;
    private SpawnArgument? _output;
    private SpawnArgument? _error;
    private Descriptor? _blocking;

    /// <summary>Above every number that the command is to find something at, or (sd-pam) its socket and file.</summary>
    private int Lowest => Math.Max(10, FirstPassed + _parameters.Descriptors.Count + 2);

    /// <summary>What StandardInput= amounts to here: no terminal for those who may not have it.</summary>
    private ExecInput Input => _config.StandardInput switch
    {
        ExecInput.Tty or ExecInput.TtyForce or ExecInput.TtyFail when !_parameters.ApplyTerminal => ExecInput.Null,
        ExecInput.Data when _config.StandardInputData.Length == 0 => ExecInput.Null,
        var input => input,
    };

    private bool WantsTerminalInput => TerminalSetup.IsTerminal(_config.StandardInput);

    private void AddStreams()
    {
        AddInput();
        AddOutput();
        AddError();
    }

    private void AddInput() => _input = _parameters.StandardInput is { } given ? GivenInput(given) : Input switch
    {
        ExecInput.Null => Null(SpawnStep.Stdin, OpenFlags.ReadOnly),
        ExecInput.Socket => Blocking(SpawnStep.Stdin, _parameters.Socket!),
        ExecInput.NamedDescriptor => Named(SpawnStep.Stdin, _config.StandardInputName ?? "stdin"),
        ExecInput.Data => Data(_config.StandardInputData),
        ExecInput.File => OpenInputFile(),
        _ => OpenTerminal(),
    };

    private void AddOutput()
    {
        if (_parameters.StandardOutput is { } given)
        {
            _output = Above(SpawnStep.Stdout, Lent(SpawnStep.Stdout, given));
            return;
        }

        var output = _config.StandardOutput;
        _output = output == ExecOutput.Inherit ? InheritedOutput() : Output(SpawnStep.Stdout, output, _config.StandardOutputFile, _config.StandardOutputName);
    }

    private void AddError()
    {
        if (_parameters.StandardError is { } given)
        {
            _error = Above(SpawnStep.Stderr, Lent(SpawnStep.Stderr, given));
            return;
        }

        var output = _config.StandardOutput;
        var error = _config.StandardError;
        if (error == ExecOutput.Inherit && output == ExecOutput.Inherit && Input == ExecInput.Null && !WantsTerminalInput && !_host.IsInit)
        {
            _error = null;
            return;
        }

        _error = FollowsOutput(output, error) ? _output : Output(SpawnStep.Stderr, error, _config.StandardErrorFile, _config.StandardErrorName);
    }

    private bool FollowsOutput(ExecOutput output, ExecOutput error) => error switch
    {
        ExecOutput.Inherit => true,
        _ when error != output => false,
        ExecOutput.NamedDescriptor => (_config.StandardOutputName ?? "stdout") == (_config.StandardErrorName ?? "stderr"),
        ExecOutput.File or ExecOutput.FileAppend or ExecOutput.FileTruncate => _config.StandardOutputFile == _config.StandardErrorFile,
        _ => true,
    };

    private SpawnArgument? InheritedOutput()
    {
        if (Input == ExecInput.Null && WantsTerminalInput)
        {
            return OpenTerminalOutput(SpawnStep.Stdout);
        }

        if (Input is not (ExecInput.Null or ExecInput.Data))
        {
            return _input;
        }

        return _host.IsInit ? Null(SpawnStep.Stdout, OpenFlags.WriteOnly) : null;
    }

    private SpawnArgument? Output(SpawnStep step, ExecOutput output, string? file, string? name) => output switch
    {
        ExecOutput.Null => Null(step, OpenFlags.WriteOnly),
        ExecOutput.Tty => Input is ExecInput.Tty or ExecInput.TtyForce or ExecInput.TtyFail ? _input : OpenTerminalOutput(step),
        ExecOutput.Socket => Blocking(step, _parameters.Socket!),
        ExecOutput.NamedDescriptor => Named(step, name ?? (step == SpawnStep.Stdout ? "stdout" : "stderr")),
        ExecOutput.File => OpenOutputFile(step, file!, OpenFlags.WriteOnly),
        ExecOutput.FileAppend => OpenOutputFile(step, file!, OpenFlags.WriteOnly | OpenFlags.Append),
        ExecOutput.FileTruncate => OpenOutputFile(step, file!, OpenFlags.WriteOnly | OpenFlags.Truncate),
        ExecOutput.Inherit => _output,
        _ => Log(step),
    };

    /// <summary>The journal; the manager's log where there is none; and if that is not there either, nothing.</summary>
    private SpawnArgument Log(SpawnStep step)
    {
        if (_host.JournalSocket is { } path
            && JournalStream.Connect(path, _config, _parameters.UnitId, Path.GetFileName(_parameters.Command.Path)) is { } stream)
        {
            _journalStream = JournalStream.Name(stream);
            return Above(step, _program.Own(stream).Raw);
        }

        return _parameters.LogOutput is { } log ? Above(step, Lent(step, log)) : Null(step, OpenFlags.WriteOnly);
    }

    private SpawnArgument Null(SpawnStep step, OpenFlags access) => Above(step, _program.Open(step, "/dev/null", access | OpenFlags.NoControllingTerminal));

    private SpawnArgument OpenInputFile()
    {
        var path = _config.StandardInputFile!;
        var both = (_config.StandardOutput == ExecOutput.File && _config.StandardOutputFile == path)
            || (_config.StandardError == ExecOutput.File && _config.StandardErrorFile == path);
        return both ? OpenFile(SpawnStep.Stdin, path, OpenFlags.ReadWrite | OpenFlags.Create) : OpenFile(SpawnStep.Stdin, path, OpenFlags.ReadOnly);
    }

    private SpawnArgument? OpenOutputFile(SpawnStep step, string path, OpenFlags flags) =>
        _config.StandardInput == ExecInput.File && _config.StandardInputFile == path ? _input : OpenFile(step, path, flags | OpenFlags.Create);

    /// <summary>
    /// Opening a FIFO waits for its other end, and would hold up every other start: it is opened for both directions, which never waits.
    /// </summary>
    private SpawnArgument OpenFile(SpawnStep step, string path, OpenFlags flags)
    {
        if (FileSystem.Status(path) is { Ok: true, Value.IsFifo: true })
        {
            flags = new OpenFlags((flags.Value & ~3) | OpenFlags.ReadWrite.Value);
        }

        if (FileSystem.Status(path) is { Ok: true, Value.IsSocket: true })
        {
            return UnixSocket.Connect(path, SocketType.Stream, nonBlocking: true) is { Ok: true, Value: var socket }
                ? Blocking(step, _program.Own(socket))
                : Above(step, _program.Open(step, path, flags));
        }

        return Above(step, _program.Open(step, path, flags | OpenFlags.NoControllingTerminal, 0x1B6 & ~_config.UMask));
    }

    private SpawnArgument OpenTerminal()
    {
        var slot = OpenTerminalPath(SpawnStep.Stdin, OpenFlags.ReadWrite);
        MakeControlling(slot, mayFail: _config.StandardInput != ExecInput.TtyFail);
        return slot;
    }

    /// <summary>What somebody passed for standard input becomes the controlling terminal, if it is one.</summary>
    private SpawnArgument GivenInput(Descriptor given)
    {
        var input = Above(SpawnStep.Stdin, Lent(SpawnStep.Stdin, given));
        if (Terminal.IsTerminal(given))
        {
            MakeControlling(input, mayFail: true);
        }

        return input;
    }

    /// <summary>
    /// A terminal that was hung up is nobody's any more (TTYVHangup=). The console that the log goes to is not hung up, so it is taken from
    /// whoever had it, as a shell on it may have left it: without a controlling terminal a getty says "cannot set process group", and its shell has no job control.
    /// </summary>
    private void MakeControlling(SpawnArgument terminal, bool mayFail)
    {
        var force = _config.StandardInput == ExecInput.TtyForce || _config.TtyVHangup ? 1 : 0;
        _program.Call(
            SpawnStep.Stdin,
            SystemCall.Ioctl,
            $"ioctl({SpawnProgram.Describe(terminal)}, TIOCSCTTY, {force})",
            [terminal, SetControllingTerminal, force],
            ignoreError: mayFail);
    }

    private SpawnArgument OpenTerminalOutput(SpawnStep step) => OpenTerminalPath(step, OpenFlags.WriteOnly);

    /// <summary>A serial line without carrier would keep the open waiting, and with it every other start; so it is made blocking afterwards.</summary>
    private SpawnArgument OpenTerminalPath(SpawnStep step, OpenFlags access)
    {
        var flags = access | OpenFlags.NoControllingTerminal | OpenFlags.NonBlock;
        var slot = Above(step, _program.Open(step, TerminalSetup.PathOf(_config), flags));
        _program.Call(step, SystemCall.Fcntl, $"fcntl({SpawnProgram.Describe(slot)}, F_SETFL, 0)", [slot, Fcntl.SetStatusFlags, 0]);
        return slot;
    }

    /// <summary>A stream that somebody shall read or write plainly is blocking, whatever the manager used it for.</summary>
    private SpawnArgument Blocking(SpawnStep step, Descriptor descriptor)
    {
        if (_blocking != descriptor)
        {
            _blocking = descriptor;
            Pipe.SetBlocking(descriptor, true);
        }

        return Above(step, Lent(step, descriptor));
    }

    private SpawnArgument Named(SpawnStep step, string name)
    {
        foreach (var (descriptor, given) in _parameters.Descriptors)
        {
            if (given == name)
            {
                return Blocking(step, descriptor);
            }
        }

        _program.Fail(new SpawnFailure(step, Errno.ENOENT, $"Failed to load a named file descriptor '{name}'"));
        return 0;
    }

    private SpawnArgument Data(byte[] data)
    {
        if (MemoryFile.Create("stdin-data", data) is { Ok: true, Value: var file })
        {
            return Above(SpawnStep.Stdin, _program.Own(file).Raw);
        }

        _program.Fail(new SpawnFailure(SpawnStep.Stdin, Errno.ENOMEM, "Failed to set up standard input"));
        return 0;
    }

    /// <summary>It stays its owner's, who has it open until the start is on its way.</summary>
    private SpawnArgument Lent(SpawnStep step, Descriptor descriptor)
    {
        if (descriptor.Raw < 0)
        {
            _program.Fail(new SpawnFailure(step, Errno.EBADF, "Failed to duplicate a file descriptor"));
            return 0;
        }

        return SpawnArgument.Lent(descriptor);
    }

    private SpawnArgument Above(SpawnStep step, SpawnArgument descriptor) =>
        !descriptor.IsSlot && descriptor.Value >= Lowest ? descriptor : _program.MoveAbove(step, descriptor, Lowest);

    private void PlaceDescriptors()
    {
        // All are out of the way first: a source might have the number of another's target.
        var descriptors = _parameters.Descriptors;
        SpawnArgument[] passed = descriptors.Count == 0 ? [] : new SpawnArgument[descriptors.Count];
        for (var i = 0; i < passed.Length; i++)
        {
            passed[i] = Above(SpawnStep.Fds, Lent(SpawnStep.Fds, descriptors[i].Descriptor));
        }

        Place(SpawnStep.Stdin, _input, 0);
        Place(SpawnStep.Stdout, _output, 1);
        Place(SpawnStep.Stderr, _error, 2);
        for (var i = 0; i < passed.Length; i++)
        {
            Pipe.SetBlocking(descriptors[i].Descriptor, !_config.NonBlocking);
            _program.Place(SpawnStep.Fds, passed[i], FirstPassed + i);
        }

        _program.CloseFrom(FirstPassed + passed.Length);
    }

    private void Place(SpawnStep step, SpawnArgument? descriptor, int target)
    {
        if (descriptor is { } known)
        {
            _program.Place(step, known, target);
        }
    }
}
