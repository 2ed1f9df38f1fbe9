namespace Trasgo.UnitFiles.Directives;

/// <summary>UtmpMode=</summary>
internal enum UtmpMode
{
    Init,
    Login,
    User,
}
