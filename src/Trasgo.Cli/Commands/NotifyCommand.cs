using System.Text;
using Trasgo.Cli.CommandLine;
using Trasgo.Cli.Commands.Systemctl;
using Trasgo.Cli.Output;
using Trasgo.Linux;

namespace Trasgo.Cli.Commands;

/// <summary>
/// <c>trasgo notify</c>, systemd-notify(1): a shell script tells the manager how its service is. The message is sent in the
/// name of the calling shell, which is a process of the service and still there when the manager looks.
/// </summary>
internal sealed class NotifyCommand
{
    private const int BarrierTimeout = 5000;

    private enum Option
    {
        Ready = 0x100,
        Version,
        Pid,
        Status,
        Booted,
        Uid,
        NoBlock,
        Reloading,
        Stopping,
    }

    private static readonly LongOption[] s_options =
    [
        new("help", OptionArgument.None, 'h'),
        new("version", OptionArgument.None, (int)Option.Version),
        new("ready", OptionArgument.None, (int)Option.Ready),
        new("reloading", OptionArgument.None, (int)Option.Reloading),
        new("stopping", OptionArgument.None, (int)Option.Stopping),
        new("pid", OptionArgument.Optional, (int)Option.Pid),
        new("status", OptionArgument.Required, (int)Option.Status),
        new("booted", OptionArgument.None, (int)Option.Booted),
        new("uid", OptionArgument.Required, (int)Option.Uid),
        new("no-block", OptionArgument.None, (int)Option.NoBlock),
    ];

    private readonly CommandOutput _output;
    private readonly List<string> _state = [];
    private int _mainPid;
    private uint? _uid;
    private uint? _gid;
    private bool _booted;
    private bool _noBlock;

    private NotifyCommand(CommandOutput output) => _output = output;

    internal static int Run(CommandInvocation invocation) => new NotifyCommand(invocation.Output).RunWith(invocation);

    private int RunWith(CommandInvocation invocation)
    {
        var reader = new OptionReader(invocation.Program, invocation.Arguments, "h", s_options, _output.Error);
        while (reader.Next() is not OptionReader.End and var option)
        {
            if (Apply(option, reader.Argument ?? "", invocation.Program) is { } status)
            {
                return status;
            }
        }

        if (_booted)
        {
            return HostState.IsBooted ? 0 : 1;
        }

        if (_mainPid > 0)
        {
            _state.Add($"MAINPID={_mainPid}");
        }

        _state.AddRange(reader.Operands);
        if (_state.Count == 0)
        {
            _ = PrintHelp(invocation.Program);
            return 1;
        }

        return Send();
    }

    private int? Apply(int option, string argument, string program)
    {
        switch (option)
        {
            case 'h':
                return PrintHelp(program);
            case (int)Option.Version:
                return VersionText.Print(_output);
            case (int)Option.Ready:
                _state.Add("READY=1");
                return null;
            case (int)Option.Reloading:
                _state.Add($"RELOADING=1\nMONOTONIC_USEC={SystemTime.Instance.Now(Clock.Monotonic)}");
                return null;
            case (int)Option.Stopping:
                _state.Add("STOPPING=1");
                return null;
            case (int)Option.Status:
                _state.Add("STATUS=" + argument);
                return null;
            case (int)Option.Booted:
                _booted = true;
                return null;
            case (int)Option.NoBlock:
                _noBlock = true;
                return null;
            case (int)Option.Pid:
                return SetPid(argument);
            case (int)Option.Uid:
                return SetUser(argument);
            default:
                return 1;
        }
    }

    private int? SetPid(string argument)
    {
        switch (argument)
        {
            case "" or "auto":
                _mainPid = Caller() is > 0 and var caller ? caller : ProcessControl.Pid;
                return null;
            case "parent":
                _mainPid = ProcessControl.ParentPid;
                return null;
            case "self":
                _mainPid = ProcessControl.Pid;
                return null;
            default:
                return int.TryParse(argument, out _mainPid) && _mainPid > 0
                    ? null
                    : _output.Fail($"Failed to parse PID {argument}.");
        }
    }

    private int? SetUser(string argument)
    {
        if (Users.System.ByName(argument) is { } user)
        {
            (_uid, _gid) = (user.Uid, user.Gid);
            return null;
        }

        if (!Users.TryParseId(argument, out var uid))
        {
            return _output.Fail($"Can't resolve user {argument}: Invalid argument");
        }

        _uid = uid;
        return null;
    }

    // Neither PID 1 nor the manager itself is ever the sender.
    private static int Caller()
    {
        var parent = ProcessControl.ParentPid;
        var manager = int.TryParse(Environment.GetEnvironmentVariable("MANAGERPID"), out var pid) ? pid : 0;
        return parent <= 1 || parent == manager ? 0 : parent;
    }

    private int Send()
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } path)
        {
            return _output.Fail("No status data could be sent: $NOTIFY_SOCKET was not set");
        }

        var socket = UnixSocket.Connect(path, SocketType.Datagram);
        if (!socket.Ok)
        {
            return _output.Fail($"Failed to notify init system: {ErrnoNames.Message(socket.Error)}");
        }

        using var connection = socket.Value;
        var credentials = new PeerCredentials
        {
            Pid = _mainPid > 0 ? _mainPid : Caller() is > 0 and var caller ? caller : ProcessControl.Pid,
            Uid = _uid ?? ProcessControl.Uid,
            Gid = _gid ?? ProcessControl.Gid,
        };
        var message = Encoding.UTF8.GetBytes(string.Join('\n', _state));
        var error = NotifySocket.Send(connection, message, credentials);
        if (error != Errno.None)
        {
            return _output.Fail($"Failed to notify init system: {ErrnoNames.Message(error)}");
        }

        error = _noBlock ? Errno.None : NotifySocket.Barrier(connection, BarrierTimeout);
        return error == Errno.None ? 0 : _output.Fail($"Failed to invoke barrier: {ErrnoNames.Message(error)}");
    }

    private int PrintHelp(string program)
    {
        _output.WriteLine(
            $"""
            {Path.GetFileName(program)} [OPTIONS...] [VARIABLE=VALUE...]

            Tells the service manager how the service is that this is called from.

              -h --help         this text
                 --version      the version
                 --ready        it is up
                 --reloading    it reads its configuration anew
                 --stopping     it is about to end
                 --pid[=PID]    its main process
                 --status=TEXT  a line for 'systemctl status'
                 --uid=USER     send as that user
                 --booted       send nothing; succeed if this system runs such a manager
                 --no-block     do not wait until the manager has read it
            """);
        return 0;
    }
}
