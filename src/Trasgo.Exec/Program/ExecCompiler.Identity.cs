using Trasgo.Linux;

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
        var bounding = _config.CapabilityBoundingSet;
        for (var capability = 0; capability <= Prctl.LastCapability; capability++)
        {
            if ((bounding >> capability & 1) == 0 && (_host.Bounding >> capability & 1) != 0)
            {
                _program.Control(
                    SpawnStep.Capabilities,
                    Prctl.CapabilityBoundingSetDrop,
                    capability,
                    0,
                    $"PR_CAPBSET_DROP, {UnitFiles.Values.Capabilities.Name(capability)}");
            }
        }

        // What the bounding set lacks cannot be ambient; systemd leaves it out without a word.
        var ambient = Ambient;
        var keep = ambient != 0 && ChangesUid;
        if (_config.SecureBits != 0 || keep)
        {
            // Kept over the change of user, so that the ambient ones can be raised after it; execve clears the bit.
            var bits = _config.SecureBits | (keep ? Prctl.SecureBitKeepCapabilities : 0);
            _program.Control(SpawnStep.SecureBits, Prctl.SetSecureBits, bits, 0, $"PR_SET_SECUREBITS, 0x{bits:x}");
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
        for (var capability = 0; capability <= Prctl.LastCapability; capability++)
        {
            if ((ambient >> capability & 1) != 0)
            {
                _program.Control(
                    SpawnStep.Capabilities,
                    Prctl.Ambient,
                    Prctl.AmbientRaise,
                    capability,
                    $"PR_CAP_AMBIENT_RAISE, {UnitFiles.Values.Capabilities.Name(capability)}");
            }
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
