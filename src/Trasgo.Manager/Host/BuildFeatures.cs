namespace Trasgo.Manager;

/// <summary>
/// systemd's words for what a build can do, with a plus where units get it from this manager and a minus where they do not. Libraries that
/// only other programs of systemd's use (journal compression, QR codes, disks) are a minus as well.
/// </summary>
internal static class BuildFeatures
{
    public const string Text =
        "+PAM -AUDIT -SELINUX -APPARMOR -IMA -SMACK -SECCOMP -GCRYPT -GNUTLS -OPENSSL -ACL -BLKID -CURL -ELFUTILS -FIDO2 -IDN2 -IDN -IPTC "
        + "-KMOD -LIBCRYPTSETUP -LIBFDISK -PCRE2 -PWQUALITY -P11KIT -QRENCODE -TPM2 -BZIP2 -LZ4 -XZ -ZLIB -ZSTD -BPF_FRAMEWORK "
        + "-XKBCOMMON -UTMP +SYSVINIT default-hierarchy=unified";
}
