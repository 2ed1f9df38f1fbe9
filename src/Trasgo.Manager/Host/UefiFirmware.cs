using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>UEFI as the kernel shows it. A container sees its host's, which is none of its business.</summary>
internal static class UefiFirmware
{
    private const string SecureBootVariable = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";

    public static bool IsBooted => !Container.IsContainer && HostText.Exists("/sys/firmware/efi/");

    /// <summary>The variable is four bytes of attributes and one of value.</summary>
    public static bool IsSecureBoot => IsBooted && FileSystem.Read(SecureBootVariable, 64) is { Ok: true, Value: [_, _, _, _, > 0] };

    /// <summary>The firmware left the log of its measurements, or its ACPI table of the TPM.</summary>
    public static bool HasTpm2 =>
        IsBooted && (HostText.Exists("/sys/kernel/security/tpm0/binary_bios_measurements") || HostText.Exists("/sys/firmware/acpi/tables/TPM2"));
}
