using System.Numerics;
using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec;

/// <summary>User, groups, capabilities, root and working directory.</summary>
internal sealed partial class ExecCompiler
{
    private void AddGroups()
    {
        if (!_parameters.ChangesUser)
        {
            // As in systemd, the prefixes "+" and "!" keep the ids, but the groups the user is in come along.
            if (_identity.OwnGroups is { } own)
            {
                _program.SetGroups(own);
            }

            return;
        }

        if (_identity.Groups is { } groups)
        {
            _program.SetGroups(groups);
        }

        if (_identity.Gid is { } gid)
        {
            _program.SetGroup(gid);
        }
    }

    private void AddCapabilities()
    {
        for (var dropped = ~_config.CapabilityBoundingSet & _host.Bounding & CapabilityNumbers.All; dropped != 0; dropped &= dropped - 1)
        {
            var capability = BitOperations.TrailingZeroCount(dropped);
            _program.DropFromBoundingSet(capability, Capabilities.Name(capability));
        }

        // What the bounding set lacks cannot be ambient; systemd leaves it out without a word.
        var ambient = Ambient;
        var keep = ambient != 0 && ChangesUid;
        if (_config.SecureBits != 0 || keep)
        {
            // Kept over the change of user, so that the ambient ones can be raised after it; execve clears the bit.
            _program.SetSecureBits(_config.SecureBits | (keep ? CapabilityNumbers.KeepCapabilities : 0));
        }

        if (_host.Inheritable != ambient)
        {
            // Root gets back on execve what is inheritable, whatever the bounding set says, and container runtimes make much inheritable.
            _program.SetCapabilities(_host.Capabilities, _host.Permitted, ambient);
        }

        RaiseAmbient(ambient);
    }

    private ulong Ambient => _config.AmbientCapabilities & _config.CapabilityBoundingSet & _host.Bounding;

    private bool ChangesUid => _parameters.ChangesUser && _identity.Uid is not null;

    private void RaiseAmbient(ulong ambient)
    {
        for (var raised = ambient & CapabilityNumbers.All; raised != 0; raised &= raised - 1)
        {
            var capability = BitOperations.TrailingZeroCount(raised);
            _program.RaiseAmbient(capability, Capabilities.Name(capability));
        }
    }

    private void AddRootAndDirectory()
    {
        if (_parameters.ApplyRoot && _config.RootDirectory is { } root && root != "/")
        {
            // systemd prepares a mount namespace for it, unless MountAPIVFS=no, and fails there.
            _program.ChangeRoot(root, _config.MountApiVfs == false ? SpawnStep.Chroot : SpawnStep.Namespace);
        }

        var directory = _config.WorkingDirectory;
        var path = directory.Home ? _identity.Home : directory.Path ?? "/";
        if (path is null)
        {
            _program.Fail(new SpawnFailure(SpawnStep.Chdir, Errno.ENXIO, "Failed to determine $HOME for user"));
            return;
        }

        if (!_parameters.ApplyRoot && _config.RootDirectory is { } prefix)
        {
            path = $"{prefix.TrimEnd('/')}/{path.TrimStart('/')}";
        }

        // The directory may be on a file system where only the user himself may enter it, and root may not lend him its rights.
        var asUser = ChangesUid && _identity.Uid is > 0 && path != "/";
        if (asUser)
        {
            _program.SetFileSystemUser(_identity.Uid!.Value);
        }

        _program.ChangeDirectory(path, directory.MissingOk);
        if (asUser)
        {
            _program.SetFileSystemUser(ProcessControl.EffectiveUid);
        }
    }

    private void AddUser()
    {
        if (_identity.Uid is not { } uid)
        {
            return;
        }

        _program.SetUser(uid);
        if (_parameters.Sandboxed)
        {
            RaiseAmbient(Ambient);
        }
    }
}
