namespace Trasgo.UnitFiles.Install;

[Flags]
internal enum SearchFlags
{
    None = 0,

    /// <summary>Read [Install], not only look what is there.</summary>
    Load = 1,

    /// <summary>Links in the configuration directories may be followed, rather than refused.</summary>
    FollowConfigSymlinks = 2,

    /// <summary>The file is a drop-in.</summary>
    DropIn = 4,
}
