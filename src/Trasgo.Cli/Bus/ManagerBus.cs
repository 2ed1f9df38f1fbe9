using Trasgo.Bus.Client;
using Trasgo.Bus.Wire;
using Trasgo.Cli.Output;
using Trasgo.Linux;

namespace Trasgo.Cli.Bus;

/// <summary>
/// The connection to a service manager: its private socket, or for an ordinary user asking the system's manager, the system
/// message bus, since the private socket is for root alone.
/// </summary>
internal sealed class ManagerBus : IDisposable
{
    internal const string Destination = "org.freedesktop.systemd1";
    internal const string ManagerPath = "/org/freedesktop/systemd1";
    internal const string ManagerInterface = "org.freedesktop.systemd1.Manager";
    internal const string UnitInterface = "org.freedesktop.systemd1.Unit";
    internal const string Disconnected = BusErrorNames.Disconnected;

    private const string PropertiesInterface = "org.freedesktop.DBus.Properties";
    private const string UnitPrefix = ManagerPath + "/unit/";
    private const string SystemSocket = "/run/systemd/private";
    private const string SystemBusSocket = "/run/dbus/system_bus_socket";

    // Reloading may take long: systemctl waits as long as a unit may take to start, and a little longer.
    private const int ReloadTimeout = 95_000;

    private readonly BusClient _client;
    private readonly bool _throughBroker;
    private bool _subscribed;

    private ManagerBus(BusClient client, bool throughBroker) => (_client, _throughBroker) = (client, throughBroker);

    /// <summary>Null after saying what went wrong. What else the loop watches is handled while the manager is waited for.</summary>
    internal static ManagerBus? Connect(bool system, CommandOutput output, EventLoop? loop = null)
    {
        if (system && !Directory.Exists("/run/systemd/system"))
        {
            output.Error("System has not been booted with systemd as init system (PID 1). Can't operate.");
            output.Error("Failed to connect to bus: Host is down");
            return null;
        }

        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        if (!system && string.IsNullOrEmpty(runtime))
        {
            output.Error("Failed to connect to bus: $DBUS_SESSION_BUS_ADDRESS and $XDG_RUNTIME_DIR not defined "
                + "(consider using --machine=<user>@.host --user to connect to bus of other user)");
            return null;
        }

        var broker = system && Libc.geteuid() != 0;
        var path = broker ? SystemBusSocket : system ? SystemSocket : $"{runtime}/systemd/private";
        var client = BusClient.Connect(path, loop);
        if (client.Ok)
        {
            var bus = new ManagerBus(client.Value, broker);
            bus.Greet();
            return bus;
        }

        output.Error(client.Error is Errno.EACCES or Errno.EPERM
            ? "Failed to connect to bus: Operation not permitted "
                + "(consider using --machine=<user>@.host --user to connect to bus of other user)"
            : $"Failed to connect to bus: {ErrnoNames.Message(client.Error)}");
        return null;
    }

    internal static string UnitPath(string name) => UnitPrefix + BusLabel.Escape(name);

    /// <summary>The unit that an object path is of, or nothing.</summary>
    internal static string? UnitOfPath(string path) =>
        path.StartsWith(UnitPrefix, StringComparison.Ordinal) ? BusLabel.Unescape(path.AsSpan(UnitPrefix.Length)) : null;

    /// <summary>A method of the manager; the arguments are written by the types in the signature.</summary>
    internal BusReply Call(string method, string signature, params object[] arguments) =>
        Exchange(ManagerPath, ManagerInterface, method, signature, arguments,
            method is "Reload" or "Reexecute" ? ReloadTimeout : BusClient.DefaultTimeoutMilliseconds);

    /// <summary>A method of a unit that takes nothing.</summary>
    internal BusReply CallUnit(string path, string method) =>
        Exchange(path, UnitInterface, method, "", [], BusClient.DefaultTimeoutMilliseconds);

    /// <summary>
    /// A call whose arguments are not made of plain values. It is sent only if <paramref name="write"/> says so; else there is
    /// no reply.
    /// </summary>
    internal BusReply? CallWritten(string method, Func<MessageWriter, bool> write)
    {
        var call = BusMessage.Call(Destination, ManagerPath, ManagerInterface, method);
        if (write(call.Body))
        {
            return Exchange(call, BusClient.DefaultTimeoutMilliseconds);
        }

        call.Dispose();
        return null;
    }

    /// <summary>The reply's first value is the variant.</summary>
    internal BusReply GetProperty(string path, string interfaceName, string property) =>
        Exchange(path, PropertiesInterface, "Get", "ss", [interfaceName, property], BusClient.DefaultTimeoutMilliseconds);

    internal BusReply GetManagerProperty(string property) => GetProperty(ManagerPath, ManagerInterface, property);

    /// <summary>Those of all interfaces of the object, in the manager's order.</summary>
    internal BusReply GetAll(string path) =>
        Exchange(path, PropertiesInterface, "GetAll", "s", [""], BusClient.DefaultTimeoutMilliseconds);

    internal BusReply SetProperty(string path, string interfaceName, string property, string signature, object value) =>
        Exchange(path, PropertiesInterface, "Set", "ssv", [interfaceName, property, (signature, value)],
            BusClient.DefaultTimeoutMilliseconds);

    /// <summary>Asks for the manager's signals; on the private socket they all come once somebody has subscribed.</summary>
    internal void WatchManager(string member)
    {
        Subscribe();
        AddMatch($"type='signal',path='{ManagerPath}',interface='{ManagerInterface}',member='{member}'");
    }

    internal void WatchProperties() =>
        AddMatch($"type='signal',interface='{PropertiesInterface}',member='PropertiesChanged'");

    internal void Subscribe()
    {
        if (!_subscribed)
        {
            _subscribed = true;
            _ = Call("Subscribe", "");
        }
    }

    /// <summary>Blocks until there is one; null when the manager went away.</summary>
    internal BusSignal? NextSignal()
    {
        var signal = _client.ReadSignal();
        if (!signal.Ok)
        {
            return null;
        }

        using var message = signal.Value;
        return new BusSignal(
            message.Path ?? "", message.Interface ?? "", message.Member ?? "",
            BusValue.ReadFields(message.Read(), message.Signature));
    }

    public void Dispose() => _client.Dispose();

    private void Greet()
    {
        if (_throughBroker)
        {
            CallBroker("Hello", null);
        }
    }

    private void AddMatch(string rule)
    {
        if (_throughBroker)
        {
            CallBroker("AddMatch", rule);
        }
    }

    private void CallBroker(string method, string? argument)
    {
        var call = BusMessage.Call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method);
        if (argument is not null)
        {
            call.Body.String(argument);
        }

        _client.Call(call).Dispose();
    }

    private BusReply Exchange(
        string path, string interfaceName, string method, string signature, object[] arguments, int timeout)
    {
        var call = BusMessage.Call(Destination, path, interfaceName, method);
        BusArguments.Write(call.Body, signature, arguments);
        return Exchange(call, timeout);
    }

    private BusReply Exchange(BusMessage call, int timeout)
    {
        using var reply = _client.Call(call, timeout);
        var reader = reply.Read();
        var values = BusValue.ReadFields(reader, reply.Signature);
        if (reply.Type != MessageType.Error)
        {
            return reader.Failed ? new BusReply([], BusErrorNames.InconsistentMessage, "Bad message") : new BusReply(values);
        }

        return new BusReply([], reply.ErrorName ?? BusErrorNames.Failed, values.Length > 0 ? values[0].Text : "");
    }
}
