using Trasgo.Linux;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>Security modules, capabilities and credentials.</summary>
internal static class SecurityConditions
{
    private const ulong SelinuxMagic = 0xF97CFF8C;

    public static bool Security(string name) => name switch
    {
        "selinux" => FileSystem.MountedOn("/sys/fs/selinux") is { Ok: true, Value: { Type: SelinuxMagic, IsReadOnly: false } }
            && HostText.Exists("/etc/selinux/config"),
        "smack" => HostText.Exists("/sys/fs/smackfs/"),
        "apparmor" => HostText.Line("/sys/module/apparmor/parameters/enabled") is { } enabled && Booleans.Parse(enabled) == true,
        "audit" => AuditSocket.IsUsable(),
        "ima" => HostText.Exists("/sys/kernel/security/ima/"),
        "tomoyo" => HostText.Exists("/sys/kernel/security/tomoyo/version"),
        "uefi-secureboot" => UefiFirmware.IsSecureBoot,
        "tpm2" => !Container.IsContainer && PathConditions.IsDirectory("/sys/class/tpmrm") && UefiFirmware.HasTpm2,
        _ => false,
    };

    public static Result<bool> Capability(string name) =>
        Capabilities.TryParse(name, out var capability) ? ProcessControl.InBoundingSet(capability) : Errno.EINVAL;

    public static Result<bool> Credential(string name)
    {
        if (!NameRules.IsCredential(name))
        {
            return false;
        }

        foreach (var variable in (ReadOnlySpan<string>)["CREDENTIALS_DIRECTORY", "ENCRYPTED_CREDENTIALS_DIRECTORY"])
        {
            if (Environment.GetEnvironmentVariable(variable) is not { } directory)
            {
                continue;
            }

            if (!PathText.IsAbsolute(directory) || !PathText.IsNormalized(directory))
            {
                return Errno.EINVAL;
            }

            var error = FileSystem.Exists(directory + "/" + name);
            if (error != Errno.ENOENT)
            {
                return error == Errno.None ? true : error;
            }
        }

        return false;
    }
}
