namespace Trasgo.UnitFiles.Install;

internal static class UnitFileStates
{
    public static string ToText(this UnitFileState state) => state switch
    {
        UnitFileState.Enabled => "enabled",
        UnitFileState.EnabledRuntime => "enabled-runtime",
        UnitFileState.Linked => "linked",
        UnitFileState.LinkedRuntime => "linked-runtime",
        UnitFileState.Alias => "alias",
        UnitFileState.Masked => "masked",
        UnitFileState.MaskedRuntime => "masked-runtime",
        UnitFileState.Static => "static",
        UnitFileState.Disabled => "disabled",
        UnitFileState.Indirect => "indirect",
        UnitFileState.Generated => "generated",
        UnitFileState.Transient => "transient",
        UnitFileState.Bad => "bad",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
