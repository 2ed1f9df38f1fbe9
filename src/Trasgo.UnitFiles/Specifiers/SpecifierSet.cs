namespace Trasgo.UnitFiles.Specifiers;

/// <summary>Which specifiers a value may use; any other letter behind a "%" is refused.</summary>
[Flags]
internal enum SpecifierSet
{
    None = 0,

    /// <summary>%i %j %n %N %p</summary>
    Name = 1,

    /// <summary>%I %J %P %f %y %Y</summary>
    Unescaped = 2,

    /// <summary>%c %r %R, deprecated</summary>
    ControlGroup = 4,

    /// <summary>%C %d %E %L %S %t</summary>
    Directories = 8,

    /// <summary>%h %s</summary>
    Home = 16,

    /// <summary>%a %A %b %B %H %l %q %m %M %o %v %w %W</summary>
    System = 32,

    /// <summary>%g %G %u %U</summary>
    Credentials = 64,

    /// <summary>%T %V</summary>
    Temporary = 128,

    /// <summary>What may stand in a unit name, and in [Install].</summary>
    UnitNames = Name | System | Credentials,

    /// <summary>What may stand in any other setting.</summary>
    Full = UnitNames | Unescaped | ControlGroup | Directories | Home | Temporary,
}
