using Trasgo.Cli.Bus;
using Trasgo.Linux;
using Trasgo.UnitFiles.Values;
using Signals = Trasgo.UnitFiles.Values.Signals;

namespace Trasgo.Cli.Commands.Systemctl;

internal sealed partial class UnitStatus
{
    private static readonly HashSet<string> s_commands =
        ["ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStopPre", "ExecStop", "ExecStopPost"];

    private void PrintWhat()
    {
        foreach (var (label, property) in (ReadOnlySpan<(string, string)>)
            [("Device", "SysFSPath"), ("Where", "Where"), ("What", "What")])
        {
            if (_unit.Text(property) is { Length: > 0 } text)
            {
                Line(label, text);
            }
        }

        PrintMany("Docs:", Array.ConvertAll(_unit.Texts("Documentation"), page => _output.Style.Link(page, page)));
        PrintMany("Listen:", [.. _unit["Listen"].Items.Select(static listen => $"{listen[1].Text} ({listen[0].Text})")]);
        if (_unit.Flag("Accept"))
        {
            var refused = _unit.Number("NRefused");
            _output.WriteLine($"   Accepted: {_unit.Number("NAccepted")}; Connected: {_unit.Number("NConnections")};"
                + (refused > 0 ? $"   Refused: {refused}" : ""));
        }
    }

    private void PrintMany(string label, string[] texts)
    {
        foreach (var text in texts)
        {
            _output.WriteLine($"   {label,9} {text}");
            label = "";
        }
    }

    // The commands that have ended, then those that run. A main process that is listed among the first is not shown twice.
    private void PrintProcesses()
    {
        var mainPid = (int)_unit.Number("MainPID");
        var running = mainPid > 0;
        if (!running)
        {
            mainPid = (int)_unit.Number("ExecMainPID");
        }

        var controlPid = (int)_unit.Number("ControlPID");
        foreach (var (property, value) in _unit.Ordered)
        {
            if (!s_commands.Contains(property) || value.Signature != CommandStatus.Signature)
            {
                continue;
            }

            foreach (var item in value.Items)
            {
                var status = CommandStatus.From(property, item);
                if (status.Code == 0)
                {
                    continue;
                }

                PrintEnded(status);
                mainPid = IsMain(status, mainPid) ? 0 : mainPid;
                controlPid = status.Pid == controlPid ? 0 : controlPid;
            }
        }

        PrintPids(mainPid, running, controlPid);
        if (_unit.Text("StatusText") is { Length: > 0 } text)
        {
            Line("Status", $"\"{text}\"");
        }

        if (_unit.Signed("StatusErrno") is > 0 and var error)
        {
            Line("Error", $"{error} ({ErrnoNames.Message((Errno)error)})");
        }
    }

    private bool IsMain(CommandStatus status, int mainPid) =>
        mainPid == status.Pid
        && _unit.Number("ExecMainStartTimestamp") == status.Start
        && _unit.Number("ExecMainExitTimestamp") == status.Start;

    private void PrintEnded(CommandStatus status)
    {
        var style = _output.Style;
        var good = (status.Code, status.Status) is (CommandStatus.Exited, 0) or (2, 1 or 2 or 13 or 15);
        var on = good ? "" : status.Ignore ? style.Yellow : style.Red;
        Line("Process", $"{status.Pid} {status.Property}={status.CommandLine} {on}{Ending(status.Code, status.Status)}"
            + (good ? "" : style.Normal));
    }

    private static string Ending(int code, int status)
    {
        var how = code == CommandStatus.Exited
            ? $"status={status}{(ExitStatusName(status) is { } name ? "/" + name : "")}"
            : $"signal={Signals.Name(status)}";
        return $"(code={CommandStatus.CodeName(code)}, {how})";
    }

    // The C library's two and those of the exec settings; the LSB's and the BSD's mean something only to init scripts.
    private static string? ExitStatusName(int status) =>
        status is 0 or 1 || (status is >= 200 and < 250) ? ExitStatuses.Name(status) : null;

    private void PrintPids(int mainPid, bool running, int controlPid)
    {
        if (mainPid <= 0 && controlPid <= 0)
        {
            return;
        }

        var text = "";
        if (mainPid > 0)
        {
            text = $"   Main PID: {mainPid}";
            if (running)
            {
                text += CommandName(mainPid);
            }
            else if (_unit.Signed("ExecMainCode") is > 0 and var code)
            {
                text += " " + Ending(code, _unit.Signed("ExecMainStatus"));
            }
        }

        if (controlPid > 0)
        {
            text += (mainPid > 0 ? "; Control PID: " : "  Cntrl PID: ") + controlPid + CommandName(controlPid);
        }

        _output.WriteLine(text);
    }

    private static string CommandName(int pid) => Processes.Comm(pid) is { } name ? $" ({name})" : "";
}
