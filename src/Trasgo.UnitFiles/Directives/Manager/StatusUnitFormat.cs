namespace Trasgo.UnitFiles.Directives;

/// <summary>StatusUnitFormat= of the manager.</summary>
internal enum StatusUnitFormat
{
    Name,
    Description,
    Combined,
}
