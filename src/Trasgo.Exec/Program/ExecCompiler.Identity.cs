using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>User, groups, capabilities, root and working directory.</summary>
internal sealed partial class ExecCompiler
{
    private void AddGroups()
    {
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
            if ((bounding >> capability & 1) == 0 && ProcessControl.InBoundingSet(capability))
            {
                _program.Control(
                    SpawnStep.Capabilities,
                    Prctl.CapabilityBoundingSetDrop,
                    capability,
                    0,
                    $"PR_CAPBSET_DROP, {UnitFiles.Values.Capabilities.Name(capability)}");
            }
        }

        var ambient = _config.AmbientCapabilities;
        var keep = ambient != 0 && ChangesUid;
        if (_config.SecureBits != 0 || keep)
        {
            // Kept over the change of user, so that the ambient ones can be raised after it; execve clears the bit.
            var bits = _config.SecureBits | (keep ? Prctl.SecureBitKeepCapabilities : 0);
            _program.Control(SpawnStep.SecureBits, Prctl.SetSecureBits, bits, 0, $"PR_SET_SECUREBITS, 0x{bits:x}");
        }

        if (ambient != 0)
        {
            var own = ProcessControl.PermittedCapabilities;
            _program.SetCapabilities(_host.Capabilities, own, ambient);
            RaiseAmbient(ambient);
        }
    }

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
            _program.ChangeRoot(root);
        }

        var directory = _config.WorkingDirectory;
        var path = directory.Home ? Home() : directory.Path ?? "/";
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

    /// <summary>Of the user of User=; without one, of the manager's user.</summary>
    private string? Home() =>
        _identity.Home ?? (_identity.Uid is null ? _host.Variable("HOME") ?? _host.Users.ById(ProcessControl.Uid)?.Home : null);

    private void AddUser()
    {
        if (_identity.Uid is not { } uid)
        {
            return;
        }

        _program.SetUser(uid);
        if (_parameters.Sandboxed && _config.AmbientCapabilities != 0)
        {
            RaiseAmbient(_config.AmbientCapabilities);
        }
    }
}
