using Trasgo.Engine.Units;

namespace Trasgo.Manager;

/// <summary>Gives a manager its units, where they are not files that somebody keeps.</summary>
internal interface IUnitProvider
{
    /// <summary>Writes them, at the start and whenever they are to be read anew. It must not wait.</summary>
    void Write(IEngineLog log);

    /// <summary>The manager is about to start the first of them.</summary>
    void OnStarting(EngineContext engine);

    /// <summary>They were read anew: now what is up can be made to fit.</summary>
    void OnReloaded(EngineContext engine);
}
