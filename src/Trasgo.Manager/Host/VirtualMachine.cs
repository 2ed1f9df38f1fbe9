using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Trasgo.Manager;

/// <summary>
/// Which hypervisor the machine runs under, by systemd's names. The order matters: products that build on another's
/// hypervisor are known by their firmware, so they are looked for before the processor is asked.
/// </summary>
internal static class VirtualMachine
{
    public const string None = "none";
    public const string Other = "vm-other";

    private const string Smbios = "/sys/firmware/dmi/entries/0-0/raw";

    private static readonly (string Signature, string Name)[] s_signatures =
    [
        ("XenVMMXenVMM", "xen"), ("KVMKVMKVM", "kvm"), ("Linux KVM Hv", "kvm"), ("TCGTCGTCGTCG", "qemu"), ("VMwareVMware", "vmware"),
        ("Microsoft Hv", "microsoft"), ("bhyve bhyve ", "bhyve"), ("QNXQVMBSQG", "qnx"), ("ACRNACRNACRN", "acrn"),
        ("SRESRESRESRE", "sre"), ("Apple VZ", "apple"),
    ];

    private static readonly string[] s_firmwareFiles = ["product_name", "sys_vendor", "board_vendor", "bios_vendor", "product_version"];

    private static readonly (string Prefix, string Name)[] s_vendors =
    [
        ("KVM", "kvm"), ("OpenStack", "kvm"), ("KubeVirt", "kvm"), ("Amazon EC2", "amazon"), ("QEMU", "qemu"), ("VMware", "vmware"),
        ("VMW", "vmware"), ("innotek GmbH", "oracle"), ("VirtualBox", "oracle"), ("Oracle Corporation", "oracle"), ("Xen", "xen"),
        ("Bochs", "bochs"), ("Parallels", "parallels"), ("BHYVE", "bhyve"), ("Hyper-V", "microsoft"), ("Apple Virtualization", "apple"),
        ("Google Compute Engine", "google"),
    ];

    private static string? s_detected;

    public static string Detect() => s_detected ??= Find();

    private static string Find()
    {
        var firmware = ByFirmware();
        if (firmware is "oracle" or "xen" or "amazon" or "parallels" or "google")
        {
            return firmware;
        }

        if ((HostText.All("/proc/cpuinfo") ?? "").Contains("\nvendor_id\t: User Mode Linux\n", StringComparison.Ordinal))
        {
            return "uml";
        }

        // The first domain of Xen is the machine's owner and no guest, but may itself be in another hypervisor.
        var isXen = HostText.Exists("/proc/xen");
        if (isXen && !IsFirstDomain())
        {
            return "xen";
        }

        var processor = ByProcessor();
        if (isXen || processor is not (None or Other))
        {
            return processor;
        }

        foreach (var found in (ReadOnlySpan<string>)[firmware, ByHypervisorFile(), ByDeviceTree()])
        {
            if (found is not (None or Other))
            {
                return found;
            }
        }

        return processor == Other || firmware == Other || ByHypervisorFile() == Other || ByDeviceTree() == Other ? Other : None;
    }

    private static bool IsFirstDomain()
    {
        if (HostText.Line("/sys/hypervisor/properties/features") is { } features
            && ulong.TryParse(features, System.Globalization.NumberStyles.HexNumber, null, out var bits))
        {
            return (bits >> 11 & 1) != 0;
        }

        return (HostText.Line("/proc/xen/capabilities") ?? "").Split(',').Contains("control_d");
    }

    private static string ByProcessor()
    {
        if (!X86Base.IsSupported || (X86Base.CpuId(1, 0).Ecx & unchecked((int)0x8000_0000)) == 0)
        {
            return None;
        }

        var (_, ebx, ecx, edx) = X86Base.CpuId(0x4000_0000, 0);
        var signature = Encoding.ASCII.GetString(MemoryMarshal.AsBytes<int>([ebx, ecx, edx])).TrimEnd('\0');
        return Array.Find(s_signatures, entry => entry.Signature == signature).Name ?? Other;
    }

    private static string ByFirmware()
    {
        var vendor = Vendor();
        if (vendor == "amazon")
        {
            // EC2's machines of bare metal carry the same names, so the firmware's "virtual" bit decides where it can be read.
            return IsVirtualBySmbios() ?? !IsMetal() ? vendor : None;
        }

        return vendor == None && IsVirtualBySmbios() == true ? Other : vendor;
    }

    private static string Vendor()
    {
        foreach (var file in s_firmwareFiles)
        {
            if (HostText.Line("/sys/class/dmi/id/" + file) is { } text)
            {
                foreach (var (prefix, name) in s_vendors)
                {
                    if (text.StartsWith(prefix, StringComparison.Ordinal))
                    {
                        return name;
                    }
                }
            }
        }

        return None;
    }

    private static bool IsMetal()
    {
        var product = HostText.Line("/sys/class/dmi/id/product_name") ?? "";
        var at = product.IndexOf(".metal", StringComparison.Ordinal);
        return at >= 0 && (at + 6 == product.Length || product[at + 6] == '-');
    }

    /// <summary>Bit 4 of the second extension byte of the BIOS characteristics (SMBIOS, 7.1.2.2).</summary>
    private static bool? IsVirtualBySmbios() =>
        Linux.FileSystem.Read(Smbios, 4096) is { Ok: true, Value: { Length: >= 20 } table } && table[1] >= 20
            ? (table[19] & 1 << 4) != 0
            : null;

    private static string ByHypervisorFile() => HostText.Line("/sys/hypervisor/type") switch
    {
        null => None,
        "xen" => "xen",
        _ => Other,
    };

    private static string ByDeviceTree()
    {
        if (RuntimeInformation.OSArchitecture is not (Architecture.Arm64 or Architecture.Arm) || !HostText.Exists("/proc/device-tree"))
        {
            return None;
        }

        if (HostText.Line("/proc/device-tree/hypervisor/compatible")?.TrimEnd('\0') is { } compatible)
        {
            return compatible == "linux,kvm" ? "kvm"
                : compatible.Contains("xen", StringComparison.Ordinal) ? "xen"
                : compatible.Contains("vmware", StringComparison.Ordinal) ? "vmware" : Other;
        }

        return Directory.EnumerateFileSystemEntries("/proc/device-tree").Any(static name => name.Contains("fw-cfg", StringComparison.Ordinal))
            ? "qemu"
            : None;
    }
}
