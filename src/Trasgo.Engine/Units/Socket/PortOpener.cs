using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>
/// Opens what Listen*= lines name, with the settings that have to be made before or at the time of binding (systemd.socket(5)). Those that only
/// tune a socket are <see cref="SocketTuning"/>'s.
/// </summary>
internal sealed class PortOpener(Socket socket)
{
    private SocketConfig Settings => socket.Settings;

    /// <summary>Opens the port; false if that failed, which has been logged.</summary>
    public bool TryOpen(ListenPort port)
    {
        var setting = port.Setting;
        var opened = setting.Type switch
        {
            SocketPortType.Socket => OpenSocket(setting),
            SocketPortType.Fifo => OpenFifo(setting.Address),
            SocketPortType.Special => ListenFile.OpenSpecial(setting.Address, Settings.Writable),
            SocketPortType.MessageQueue => OpenQueue(setting.Address),
            _ => Errno.EOPNOTSUPP,
        };
        if (!opened.Ok)
        {
            socket.Log(LogLevel.Error, $"{WhatFailed(setting)}: {ErrnoNames.Message(opened.Error)}");
            return false;
        }

        port.Open(opened.Value);
        SocketTuning.Apply(socket, opened.Value, port.Family);
        if (setting.Type is SocketPortType.Socket or SocketPortType.Fifo)
        {
            LinkToIt();
        }

        return true;
    }

    /// <summary>RemoveOnStop=: what was made is removed with the socket.</summary>
    public void Remove(ListenPort port)
    {
        if (port.Setting.Type == SocketPortType.MessageQueue)
        {
            _ = MessageQueue.Remove(port.Setting.Address);
        }
        else if (PortAddress.PathOf(port.Setting) is { } path)
        {
            _ = FileSystem.Remove(path);
        }
    }

    public void RemoveSymlinks()
    {
        foreach (var link in Settings.Symlinks)
        {
            _ = FileSystem.Remove(link);
        }
    }

    /// <summary>The one node in the file system that Symlinks= can point to; null where there is none, or several.</summary>
    public static string? SymlinkTarget(SocketConfig settings)
    {
        string? found = null;
        foreach (var port in settings.Ports)
        {
            if (PortAddress.PathOf(port) is not { } path)
            {
                continue;
            }

            if (found is not null)
            {
                return null;
            }

            found = path;
        }

        return found;
    }

    private static string WhatFailed(SocketPort port) => port.Type switch
    {
        SocketPortType.Socket => $"Failed to create listening socket ({port.Address})",
        SocketPortType.Fifo => $"Failed to open FIFO {port.Address}",
        SocketPortType.MessageQueue => $"Failed to open message queue {port.Address}",
        SocketPortType.UsbFunction => $"Failed to open USB function {port.Address}",
        _ => $"Failed to open special file {port.Address}",
    };

    private Result<Descriptor> OpenSocket(SocketPort port)
    {
        var known = PortAddress.Of(port, Settings.SocketProtocol);
        if (!known.Ok)
        {
            return known.Error;
        }

        var (address, type, protocol) = known.Value;
        var created = ListenSocket.Create(address.Family, type, protocol);
        if (!created.Ok)
        {
            return created;
        }

        var error = Prepare(created.Value, address.Family);
        error = error == Errno.None ? Bind(created.Value, address, PortAddress.PathOf(port)) : error;
        if (error == Errno.None && PortAddress.CanAccept(port))
        {
            error = ListenSocket.Listen(created.Value, socket.Backlog);
        }

        if (error == Errno.None)
        {
            return created;
        }

        created.Value.Dispose();
        return error;
    }

    /// <summary>What is required fails the socket; what is a convenience is warned about.</summary>
    private Errno Prepare(Descriptor descriptor, AddressFamily family)
    {
        if (family == AddressFamily.Internet6 && Settings.BindIPv6Only != BindIPv6Only.Default)
        {
            var error = SocketOption.Ip6Only.Set(descriptor, Settings.BindIPv6Only == BindIPv6Only.Ipv6Only ? 1 : 0);
            if (error != Errno.None)
            {
                return error;
            }
        }

        if (family is AddressFamily.Internet or AddressFamily.Internet6)
        {
            if (Settings.BindToDevice is { } device && SocketOption.BindToDevice.Set(descriptor, device) is var unbound and not Errno.None)
            {
                return unbound;
            }

            var is6 = family == AddressFamily.Internet6;
            SocketTuning.Set(socket, descriptor, Settings.ReusePort, SocketOption.ReusePort);
            SocketTuning.Set(socket, descriptor, Settings.FreeBind, is6 ? SocketOption.Ip6FreeBind : SocketOption.IpFreeBind);
            SocketTuning.Set(socket, descriptor, Settings.Transparent, is6 ? SocketOption.Ip6Transparent : SocketOption.IpTransparent);
        }

        return SocketOption.ReuseAddress.Set(descriptor, 1);
    }

    private Errno Bind(Descriptor descriptor, in SocketAddress address, string? path)
    {
        if (path is null)
        {
            return ListenSocket.Bind(descriptor, address);
        }

        MakeParents(path);
        var sparesLive = socket.Context.SharesHost && path != socket.Context.StandInBusPath;
        return ListenSocket.BindPath(descriptor, address, path, Settings.SocketMode, sparesLive);
    }

    private Result<Descriptor> OpenFifo(string path)
    {
        MakeParents(path);
        var opened = ListenFile.OpenFifo(path, Settings.SocketMode);
        if (opened.Ok && Settings.PipeSize > 0 && Pipe.SetSize(opened.Value, Settings.PipeSize) is var error and not Errno.None)
        {
            socket.Log(LogLevel.Warning, $"Setting pipe size failed, ignoring: {ErrnoNames.Message(error)}");
        }

        return opened;
    }

    private Result<Descriptor> OpenQueue(string name) =>
        MessageQueue.Open(name, Settings.SocketMode, Settings.MessageQueueMaxMessages, Settings.MessageQueueMessageSize);

    private void MakeParents(string path) => _ = FileSystem.MakeParents(path, Settings.DirectoryMode);

    /// <summary>Symlinks= are a convenience: where one cannot be made, the socket works all the same.</summary>
    private void LinkToIt()
    {
        if (Settings.Symlinks.Count == 0 || SymlinkTarget(Settings) is not { } target)
        {
            return;
        }

        foreach (var link in Settings.Symlinks)
        {
            MakeParents(link);
            var error = Link(target, link);
            if (error == Errno.EEXIST && Settings.RemoveOnStop && FileSystem.Remove(link) == Errno.None)
            {
                error = Link(target, link);
            }

            if (error != Errno.None)
            {
                socket.Log(LogLevel.Warning, $"Failed to create symlink {target} → {link}, ignoring: {ErrnoNames.Message(error)}");
            }
        }
    }

    /// <summary>A link that is there already and points where it should is as good as a new one.</summary>
    private static Errno Link(string target, string link)
    {
        var error = FileSystem.MakeSymlink(target, link);
        return error == Errno.EEXIST && FileSystem.ReadLink(link) is { Ok: true, Value: var present } && present == target ? Errno.None : error;
    }
}
