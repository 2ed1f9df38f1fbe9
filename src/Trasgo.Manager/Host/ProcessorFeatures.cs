using System.Runtime.Intrinsics.X86;

namespace Trasgo.Manager;

/// <summary>Features of x86 processors by the names of ConditionCPUFeature=; other processors have none of them.</summary>
internal static class ProcessorFeatures
{
    private enum Register
    {
        Ebx,
        Ecx,
        Edx,
    }

    private const int Extended = unchecked((int)0x8000_0000);

    private static readonly (int Leaf, Register Register, string Names)[] s_leaves =
    [
        (1, Register.Ecx, "0:pni 1:pclmul 3:monitor 9:ssse3 12:fma3 13:cx16 19:sse4_1 20:sse4_2 22:movbe 23:popcnt 25:aes 26:xsave "
            + "27:osxsave 28:avx 29:f16c 30:rdrand"),
        (1, Register.Edx, "0:fpu 1:vme 2:de 3:pse 4:tsc 5:msr 6:pae 7:mce 8:cx8 9:apic 11:sep 12:mtrr 13:pge 14:mca 15:cmov 16:pat "
            + "17:pse36 19:clflush 23:mmx 24:fxsr 25:sse 26:sse2 28:ht"),
        (7, Register.Ebx, "3:bmi1 5:avx2 8:bmi2 18:rdseed 19:adx 29:sha_ni"),
        (Extended | 1, Register.Ecx, "0:lahf_lm 5:abm"),
        (Extended | 1, Register.Edx, "11:syscall 27:rdtscp 29:lm"),
        (Extended | 7, Register.Edx, "8:constant_tsc"),
    ];

    public static bool Has(string name)
    {
        if (!X86Base.IsSupported)
        {
            return false;
        }

        foreach (var (leaf, register, names) in s_leaves)
        {
            foreach (var entry in names.Split(' '))
            {
                var colon = entry.IndexOf(':', StringComparison.Ordinal);
                if (entry.AsSpan(colon + 1).SequenceEqual(name))
                {
                    return IsSet(leaf, register, int.Parse(entry.AsSpan(0, colon), System.Globalization.CultureInfo.InvariantCulture));
                }
            }
        }

        return false;
    }

    private static bool IsSet(int leaf, Register register, int bit)
    {
        // The first leaf of each range tells the last one there is.
        if ((uint)X86Base.CpuId(leaf & Extended, 0).Eax < (uint)leaf)
        {
            return false;
        }

        var (_, ebx, ecx, edx) = X86Base.CpuId(leaf, 0);
        var value = register switch { Register.Ebx => ebx, Register.Ecx => ecx, _ => edx };
        return (value >> bit & 1) != 0;
    }
}
