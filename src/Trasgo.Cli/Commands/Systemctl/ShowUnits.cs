using Trasgo.Cli.Bus;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>show, status and help: they find the same units and differ in what they print of each.</summary>
internal sealed class ShowUnits
{
    private readonly SystemctlContext _context;
    private readonly ManagerBus _bus;
    private readonly Mode _mode;
    private bool _needsBlankLine;
    private int _status;

    private enum Mode
    {
        Properties,
        Status,
        Help,
    }

    private ShowUnits(SystemctlContext context, ManagerBus bus, Mode mode) => (_context, _bus, _mode) = (context, bus, mode);

    internal static int Run(SystemctlContext context, string[] arguments)
    {
        var mode = arguments[0] switch
        {
            "status" => Mode.Status,
            "help" => Mode.Help,
            _ => Mode.Properties,
        };
        if (mode == Mode.Help && arguments.Length == 1)
        {
            return context.Output.Fail("'help' command expects one or more unit names.\n"
                + "(Alternatively, help for systemctl itself may be shown with --help)");
        }

        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        var show = new ShowUnits(context, bus, mode);
        return arguments.Length == 1 ? show.ManagerAndAll() : show.Named(arguments[1..]);
    }

    private int ManagerAndAll()
    {
        var options = _context.Options;
        var filtered = options.States.Count > 0 || options.Types.Count > 0;
        if (!filtered)
        {
            if (_mode == Mode.Properties)
            {
                return ShowOne(ManagerBus.ManagerPath, null);
            }

            if (SystemStatus.Print(_context, _bus) is not 0 and var failure)
            {
                return failure;
            }

            _needsBlankLine = true;
        }

        return options.All || filtered ? AllUnits() : ExitStatus.Success;
    }

    private int AllUnits()
    {
        if (UnitQueries.List(_context, _bus, []) is not { } units)
        {
            return ExitStatus.Failure;
        }

        units.Sort(UnitInfo.Compare);
        foreach (var unit in units)
        {
            Count(ShowOne(ManagerBus.UnitPath(unit.Id), unit.Id));
        }

        return _status;
    }

    private int Named(string[] names)
    {
        var patterns = new List<string>();
        foreach (var name in names)
        {
            if (!uint.TryParse(name, out var number))
            {
                patterns.Add(name);
            }
            else if (_mode == Mode.Properties)
            {
                Count(ShowOne($"{ManagerBus.ManagerPath}/job/{number}", null));
            }
            else
            {
                ShowProcess(number);
            }
        }

        if (patterns.Count == 0)
        {
            return _status;
        }

        if (UnitQueries.Expand(_context, _bus, patterns) is not { } units)
        {
            return ExitStatus.Failure;
        }

        foreach (var unit in _context.Options.WithDependencies ? UnitDependencies.With(_context, _bus, units) : units)
        {
            var result = ShowOne(ManagerBus.UnitPath(unit), unit);
            if (result < 0)
            {
                return ExitStatus.Failure;
            }

            Count(result);
        }

        return _status;
    }

    private void ShowProcess(uint pid)
    {
        var reply = _bus.Call("GetUnitByPID", "u", pid);
        if (reply.Ok)
        {
            Count(ShowOne(reply[0].Text, ManagerBus.UnitOfPath(reply[0].Text)));
        }
        else
        {
            Count(_context.Output.Fail($"Failed to get unit for PID {pid}: {reply.Message}"));
        }
    }

    private void Count(int status)
    {
        if (_status == 0)
        {
            _status = Math.Abs(status);
        }
    }

    // Negative: the failure is such that the rest is not tried.
    private int ShowOne(string path, string? unit)
    {
        var output = _context.Output;
        var reply = _bus.GetAll(path);
        if (!reply.Ok)
        {
            output.Error($"Failed to get properties: {reply.Message}");
            return -ExitStatus.Failure;
        }

        var properties = new PropertyBag(reply[0]);
        if (unit is not null && properties.Text("LoadState") == "not-found" && properties.Text("ActiveState") == "inactive"
            && _mode != Mode.Properties)
        {
            output.Error($"Unit {unit} could not be found.");
            return _mode == Mode.Status ? ExitStatus.ProgramUnknown : -ExitStatus.Failure;
        }

        output.Write(_needsBlankLine ? "\n" : "");
        _needsBlankLine = true;
        switch (_mode)
        {
            case Mode.Status:
                new UnitStatus(_context, _bus, properties).Print();
                return properties.Text("ActiveState") is "active" or "reloading" ? 0 : ExitStatus.ProgramNotRunning;
            case Mode.Help:
                return ShowHelp(properties);
            default:
                new PropertyPrinter(_context.Options, output).PrintAll(reply[0]);
                return 0;
        }
    }

    private int ShowHelp(PropertyBag properties)
    {
        var pages = properties.Texts("Documentation");
        if (pages.Length == 0)
        {
            _context.Output.Info($"Documentation for {properties.Text("Id")} not known.");
        }

        foreach (var page in pages)
        {
            if (page.StartsWith("man:", StringComparison.Ordinal))
            {
                ManualPage.Show(_context.Output, page[4..]);
            }
            else
            {
                _context.Output.Info($"Can't show: {page}");
            }
        }

        return 0;
    }
}
