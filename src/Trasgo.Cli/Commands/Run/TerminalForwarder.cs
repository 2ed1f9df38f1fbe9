using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Run;

/// <summary>
/// Passes what is typed on our terminal to another, and what that one shows to ours. While it lives our terminal takes every key as it is;
/// its size is told to the other one. Three times ^] within a second ends it.
/// </summary>
internal sealed class TerminalForwarder : IDisposable
{
    private const byte EscapeKey = 0x1D;
    private const int EscapesToLeave = 3;
    private const long EscapeMilliseconds = 1000;

    private readonly EventLoop _loop;
    private readonly Descriptor _master;
    private readonly Descriptor _input = Descriptor.Adopt(0);
    private readonly Descriptor _output = Descriptor.Adopt(1);
    private readonly TerminalMode? _inputMode = TerminalMode.Of(0);
    private readonly TerminalMode? _outputMode = TerminalMode.Of(1);
    private readonly IoSource _fromMaster;
    private readonly IoSource? _fromInput;
    private readonly SignalSource[] _signals;
    private readonly byte[] _buffer = new byte[16384];
    private byte[] _typed = [];
    private int _escapes;
    private long _firstEscape;
    private bool _disposed;

    internal TerminalForwarder(EventLoop loop, Descriptor master)
    {
        (_loop, _master) = (loop, master);
        TakeOver();
        CopySize();
        _fromMaster = loop.OnIo(master, IoEvents.Readable, OnMaster);

        // A file has nothing to wait for; a service that reads from one is given the file itself (--pipe).
        _fromInput = loop.CheckWatchable(_input) == Errno.None ? loop.OnIo(_input, IoEvents.Readable, _ => OnInput()) : null;
        _signals =
        [
            loop.OnSignal(Signo.SIGWINCH, _ => CopySize()),
            loop.OnSignal(Signo.SIGINT, _ => loop.Exit(0)),
            loop.OnSignal(Signo.SIGTERM, _ => loop.Exit(0)),
        ];
    }

    /// <summary>The user wants to be rid of it.</summary>
    internal Action? OnDisconnect { get; init; }

    internal bool IsDisconnected { get; private set; }

    /// <summary>What was shown last ended a line, so that what follows need not.</summary>
    internal bool EndedALine { get; private set; }

    /// <summary>The other side is closed: what it still has to show is shown.</summary>
    internal void Drain()
    {
        // What a program has written reaches this side a moment later.
        while (_fromMaster.Events != IoEvents.None && _loop.RunOnce(50_000))
        {
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _fromMaster.Dispose();
        _fromInput?.Dispose();
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _ = _outputMode?.Apply(1);
        _ = _inputMode?.Apply(0);
        _input.Release();
        _output.Release();
    }

    private void TakeOver()
    {
        _ = _outputMode?.RawOutput().Apply(1);
        if (_inputMode is { } mode)
        {
            // Where both are one terminal, the later change must not undo the earlier one.
            _ = mode.Raw().Apply(0);
        }
    }

    private void CopySize()
    {
        if (Terminal.Size(1) is var (columns, rows))
        {
            Terminal.SetSize(_master.Raw, (ushort)rows, (ushort)columns);
        }
    }

    private void OnMaster(IoEvents events)
    {
        if (events.HasFlag(IoEvents.Writable))
        {
            Send();
        }

        var read = FileSystem.ReadInto(_master, _buffer);
        if (read.Ok && read.Value > 0)
        {
            Show(_buffer.AsSpan(0, read.Value));
        }
        else if (read.Error != Errno.EAGAIN)
        {
            // Nobody has the other side open any more. Whether the service is done its manager knows.
            _fromMaster.Events = IoEvents.None;
        }
    }

    private void Show(ReadOnlySpan<byte> bytes)
    {
        EndedALine = bytes[^1] == (byte)'\n';
        while (!bytes.IsEmpty)
        {
            var written = FileSystem.Write(_output, bytes);
            if (written.Ok)
            {
                bytes = bytes[written.Value..];
            }
            else if (written.Error == Errno.EAGAIN)
            {
                // Somebody else made our output non-blocking; there is nothing to do but to wait for it.
                Polling.UntilWritable(_output);
            }
            else
            {
                return;
            }
        }
    }

    private void OnInput()
    {
        var buffer = new byte[1024];
        var read = FileSystem.ReadInto(_input, buffer);
        if (!read.Ok && read.Error == Errno.EAGAIN)
        {
            return;
        }

        if (!read.Ok || read.Value == 0)
        {
            _fromInput!.Events = IoEvents.None;
            return;
        }

        var typed = buffer.AsSpan(0, read.Value);
        if (Leaves(typed))
        {
            IsDisconnected = true;
            OnDisconnect?.Invoke();
            return;
        }

        _typed = [.. _typed, .. typed];
        Send();
    }

    /// <summary>What the other side does not take yet waits, and no more is read meanwhile.</summary>
    private void Send()
    {
        while (_typed.Length > 0)
        {
            var written = FileSystem.Write(_master, _typed);
            if (!written.Ok)
            {
                break;
            }

            _typed = _typed[written.Value..];
        }

        if (_fromMaster.Events != IoEvents.None)
        {
            _fromMaster.Events = _typed.Length > 0 ? IoEvents.Readable | IoEvents.Writable : IoEvents.Readable;
        }

        if (_fromInput is not null)
        {
            _fromInput.Events = _typed.Length > 0 ? IoEvents.None : IoEvents.Readable;
        }
    }

    private bool Leaves(ReadOnlySpan<byte> typed)
    {
        foreach (var key in typed)
        {
            if (key != EscapeKey)
            {
                _escapes = 0;
                continue;
            }

            var now = Environment.TickCount64;
            if (_escapes == 0 || now - _firstEscape > EscapeMilliseconds)
            {
                (_escapes, _firstEscape) = (0, now);
            }

            if (++_escapes == EscapesToLeave)
            {
                return true;
            }
        }

        return false;
    }
}
