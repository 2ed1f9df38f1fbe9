using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Trasgo.Daemon;

/// <summary>
/// Tells the service manager how the service is: the protocol of sd_notify(3). Each method sends one datagram to the socket that
/// <c>$NOTIFY_SOCKET</c> names, and returns false, having done nothing, where there is none - from a shell, under inetd, in a unit
/// without <c>NotifyAccess=</c>. So a daemon calls them without asking first.
/// </summary>
/// <remarks>
/// All methods may be called from any thread. They throw <see cref="DaemonException"/> when there is a socket and it cannot be sent to, which
/// means a wrong variable, a manager that is gone, or one that does not read.
/// </remarks>
public sealed partial class ServiceNotifier
{
    /// <summary>The environment variable with the socket's address, see sd_notify(3).</summary>
    public const string AddressVariable = "NOTIFY_SOCKET";

    private readonly NotifySocket? _socket;

    /// <summary>Makes a notifier for a socket.</summary>
    /// <param name="address">An absolute path; a name of the abstract name space with <c>@</c> in front; null or empty for no manager.</param>
    /// <exception cref="DaemonException">The address is neither, or longer than the 108 bytes of unix(7).</exception>
    public ServiceNotifier(string? address)
    {
        _socket = string.IsNullOrEmpty(address) ? null : new NotifySocket(address);
    }

    /// <summary>Is there a manager that wants to be told?</summary>
    public bool IsAvailable => _socket is not null;

    /// <summary>Makes a notifier for the manager that started this process, as <c>$NOTIFY_SOCKET</c> says.</summary>
    /// <param name="unset">
    /// Removes the variable from this process' environment, so that programs started later do not speak for the service.
    /// </param>
    /// <returns>The notifier; without the variable one that does nothing.</returns>
    /// <exception cref="DaemonException">The variable holds what can be no address.</exception>
    public static ServiceNotifier FromEnvironment(bool unset = false)
    {
        string? address = Environment.GetEnvironmentVariable(AddressVariable);
        if (unset)
        {
            Environment.SetEnvironmentVariable(AddressVariable, null);
        }

        return new ServiceNotifier(address);
    }

    /// <summary>Sends assignments as they are.</summary>
    /// <param name="state">Lines <c>VARIABLE=VALUE</c>, separated by newlines; see sd_notify(3) for those with a meaning.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool Notify(string state) => Notify(state, []);

    /// <summary>Sends assignments and open descriptors.</summary>
    /// <param name="state">Lines <c>VARIABLE=VALUE</c>, separated by newlines.</param>
    /// <param name="descriptors">At most 253, the limit of SCM_RIGHTS in unix(7). They stay the caller's.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool Notify(string state, params IReadOnlyList<SafeHandle> descriptors)
    {
        ArgumentException.ThrowIfNullOrEmpty(state);
        ArgumentNullException.ThrowIfNull(descriptors);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Count, SocketMessage.MostDescriptors);
        _socket?.Send(state, descriptors);
        return IsAvailable;
    }

    /// <summary>The service is up, or done with reloading: <c>READY=1</c>.</summary>
    /// <param name="status">One line for people to show with it (<c>STATUS=</c>), or null.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool Ready(string? status = null) => Notify(WithStatus("READY=1", status));

    /// <summary>
    /// The service reads its configuration again: <c>RELOADING=1</c> with the <c>MONOTONIC_USEC=</c> that <c>Type=notify-reload</c> asks for.
    /// <see cref="Ready"/> must follow.
    /// </summary>
    /// <param name="status">One line for people to show with it, or null.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool Reloading(string? status = null) =>
        Notify(WithStatus(Number("RELOADING=1\nMONOTONIC_USEC=", Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000)), status));

    /// <summary>The service has begun to end: <c>STOPPING=1</c>.</summary>
    /// <param name="status">One line for people to show with it, or null.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool Stopping(string? status = null) => Notify(WithStatus("STOPPING=1", status));

    /// <summary>What the service is doing, for people: <c>STATUS=</c>. <c>systemctl status</c> shows it.</summary>
    /// <param name="text">One line; line breaks in it become spaces.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool Status(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Notify(StatusLine(text));
    }

    /// <summary>Why the service failed, as a number of errno(3): <c>ERRNO=</c>.</summary>
    /// <param name="errno">Above 0, as in <see cref="DaemonException.Errno"/>.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool Failed(int errno)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(errno);
        return Notify(Number("ERRNO=", errno));
    }

    /// <summary>Why the service failed, as a D-Bus error name such as <c>org.freedesktop.DBus.Error.TimedOut</c>: <c>BUSERROR=</c>.</summary>
    /// <param name="name">The name, without line breaks.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="ArgumentException">There is a line break in the name.</exception>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool FailedOnBus(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Notify("BUSERROR=" + OneLine(name, nameof(name)));
    }

    /// <summary>The exit status that counts as the service's, where a wrapper reports for something else: <c>EXIT_STATUS=</c> (systemd 254).</summary>
    /// <param name="status">0 to 255.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool ExitStatus(int status)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(status);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 255);
        return Notify(Number("EXIT_STATUS=", status));
    }

    /// <summary>The process that is the service from now on, where that is not the one that was started: <c>MAINPID=</c>.</summary>
    /// <param name="processId">A process of the service, above 0.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool MainProcess(int processId)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(processId);
        return Notify(Number("MAINPID=", processId));
    }

    /// <summary>Whose notifications are taken from now on, in place of what the unit says: <c>NOTIFYACCESS=</c> (systemd 254).</summary>
    /// <param name="access">Whose.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such access.</exception>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool SetAccess(NotifyAccess access) => Notify(access switch
    {
        NotifyAccess.None => "NOTIFYACCESS=none",
        NotifyAccess.Main => "NOTIFYACCESS=main",
        NotifyAccess.Exec => "NOTIFYACCESS=exec",
        NotifyAccess.All => "NOTIFYACCESS=all",
        _ => throw new ArgumentOutOfRangeException(nameof(access), access, "There is no such access."),
    });

    /// <summary>
    /// Starting, reloading or stopping takes longer: <c>EXTEND_TIMEOUT_USEC=</c>. The manager then waits for so long from now, or for the next such message.
    /// </summary>
    /// <param name="time">Above zero, in steps of a microsecond.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool ExtendTimeout(TimeSpan time) => Notify(Microseconds("EXTEND_TIMEOUT_USEC=", time));

    private static string Number(string variable, long value) => variable + value.ToString(CultureInfo.InvariantCulture);

    private static string Microseconds(string variable, TimeSpan time)
    {
        long microseconds = time.Ticks / TimeSpan.TicksPerMicrosecond;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(microseconds, nameof(time));
        return Number(variable, microseconds);
    }

    private static string WithStatus(string state, string? status) => status is null ? state : state + "\n" + StatusLine(status);

    private static string StatusLine(string text) => "STATUS=" + text.ReplaceLineEndings(" ");

    private static string OneLine(string text, string parameter) =>
        text.AsSpan().IndexOfAny('\n', '\0') < 0 ? text : throw new ArgumentException("A value of the notification protocol is one line.", parameter);
}
