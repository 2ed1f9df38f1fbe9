using Trasgo.Cli.CommandLine;
using Trasgo.Manager;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Run;

internal sealed partial class RunCommandLine
{
    private int? ApplyShort(char option, string argument)
    {
        switch (option)
        {
            case 'h':
                return RunHelp.Print(program, output);
            case 'r':
                Options.RemainAfterExit = true;
                break;
            case 'u':
                Options.Unit = argument;
                break;
            case 'H' or 'M':
                return output.Fail("Only the local system's manager can be asked.");
            case 'E':
                return SetEnvironment(argument);
            case 'p':
                Options.Properties.Add(argument);
                break;
            case 't':
                Options.Streams = Options.Streams is StreamMode.Direct or StreamMode.Automatic ? StreamMode.Automatic : StreamMode.Terminal;
                break;
            case 'P':
                Options.Streams = Options.Streams is StreamMode.Terminal or StreamMode.Automatic ? StreamMode.Automatic : StreamMode.Direct;
                break;
            case 'q':
                Options.Quiet = true;
                break;
            case 'G':
                Options.Collect = true;
                break;
            case 'd':
                var here = Environment.CurrentDirectory;
                Options.WorkingDirectory = here == "/" ? null : here;
                break;
            default:
                Options.Shell = true;
                break;
        }

        return null;
    }

    private int? ApplyLong(Option option, string argument)
    {
        switch (option)
        {
            case Option.Version:
                return VersionText.Print(output);
            case Option.User or Option.System:
                Options.User = option == Option.User;
                break;
            case Option.Scope:
                Options.Scope = true;
                break;
            case Option.Description:
                Options.Description = argument;
                break;
            case Option.Slice:
                Options.Slice = argument;
                break;
            case Option.SliceInherit:
                Options.SliceInherit = true;
                break;
            case Option.SendSigHup:
                Options.SendSigHup = true;
                break;
            case Option.ServiceType:
                Options.ServiceType = argument;
                break;
            case Option.ExecUser:
                Options.ExecUser = argument;
                break;
            case Option.ExecGroup:
                Options.ExecGroup = argument;
                break;
            case Option.Nice:
                return SetNice(argument);
            case Option.NoBlock:
                Options.NoBlock = true;
                break;
            case Option.Wait:
                Options.Wait = true;
                break;
            case Option.WorkingDirectory:
                Options.WorkingDirectory = Path.GetFullPath(argument);
                break;
            case Option.PathProperty:
                Options.PathProperties.Add(argument);
                break;
            case Option.SocketProperty:
                Options.SocketProperties.Add(argument);
                break;
            case Option.NoAskPassword:
                // There is nobody who would ask: the private socket needs no authorization.
                break;
            default:
                return ApplyTime(option, argument);
        }

        return null;
    }

    private int? ApplyTime(Option option, string argument)
    {
        if (option == Option.TimerProperty)
        {
            Options.TimerProperties.Add(argument);
            Options.HasTimer |= argument.StartsWith("On", StringComparison.Ordinal) &&
                argument[..Math.Max(0, argument.IndexOf('=', StringComparison.Ordinal))] is
                    "OnActiveSec" or "OnBootSec" or "OnStartupSec" or "OnUnitActiveSec" or "OnUnitInactiveSec" or "OnCalendar";
            return null;
        }

        if (option == Option.OnCalendar && CheckCalendar(argument) is { } status)
        {
            return status;
        }

        Options.HasTimer = true;
        Options.TimerProperties.Add(option switch
        {
            Option.OnActive => "OnActiveSec=" + argument,
            Option.OnBoot => "OnBootSec=" + argument,
            Option.OnStartup => "OnStartupSec=" + argument,
            Option.OnUnitActive => "OnUnitActiveSec=" + argument,
            Option.OnUnitInactive => "OnUnitInactiveSec=" + argument,
            Option.OnCalendar => "OnCalendar=" + argument,
            Option.OnTimezoneChange => "OnTimezoneChange=yes",
            _ => "OnClockChange=yes",
        });
        return null;
    }

    /// <summary>A time that has passed is the manager's to decide about: its clock and its zone may be others.</summary>
    private int? CheckCalendar(string text)
    {
        var zones = new HostTimeZones(Environment.GetEnvironmentVariable("TZ"));
        if (!CalendarSpec.TryParse(text, zones, out var spec))
        {
            return output.Fail("Failed to parse calendar event specification: Invalid argument");
        }

        var now = (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks / 10;
        if (CalendarSearch.Next(spec, zones, now, out _) == CalendarOutcome.Never)
        {
            output.Warning("Specified calendar expression is in the past, proceeding anyway.");
        }

        return null;
    }

    private int? SetNice(string text)
    {
        if (!Numbers.TryInt32(text, out var nice))
        {
            return output.Fail($"Failed to parse nice value: {text}");
        }

        if (nice is < -20 or > 19)
        {
            return output.Fail($"Failed to parse nice value: {text}");
        }

        Options.Nice = nice;
        return null;
    }

    /// <summary>A name alone passes on what we have.</summary>
    private int? SetEnvironment(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text[..equals];
        if (!NameRules.IsEnvironmentName(name))
        {
            return output.Fail($"Cannot assign environment variable {text}: Invalid argument");
        }

        Options.Environment.RemoveAll(known => known.StartsWith(name + "=", StringComparison.Ordinal));
        if (equals >= 0)
        {
            Options.Environment.Add(text);
        }
        else if (Environment.GetEnvironmentVariable(name) is { } value)
        {
            Options.Environment.Add($"{name}={value}");
        }

        return null;
    }
}
